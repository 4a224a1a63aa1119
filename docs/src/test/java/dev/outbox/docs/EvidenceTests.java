package dev.outbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on the evidence names every mutation, and every test that is to catch one. */
class EvidenceTests {

    private static final Pattern TEST = Pattern.compile("(?m)^test: (\\w+)$");

    private final String page = Documentation.read("docs/evidence.md");

    @Test
    void everyMutationIsOnThePage() throws IOException {
        assertThat(mutations()).isNotEmpty().allSatisfy(mutation -> {
            String name = mutation.getFileName().toString().replace(".patch", "");
            assertThat(page).contains("`" + name + "`");
        });
    }

    @Test
    void everyTestThatCatchesOneIsOnThePage() throws IOException {
        assertThat(mutations()).isNotEmpty().allSatisfy(mutation -> {
            Matcher tests = TEST.matcher(Documentation.read(mutation));
            assertThat(tests.results().map(test -> test.group(1)))
                    .isNotEmpty()
                    .allSatisfy(test -> assertThat(page).contains(test));
        });
    }

    private static List<Path> mutations() throws IOException {
        try (Stream<Path> files = Files.list(Documentation.ROOT.resolve("labs/mutations"))) {
            return files.filter(file -> file.toString().endsWith(".patch")).toList();
        }
    }
}

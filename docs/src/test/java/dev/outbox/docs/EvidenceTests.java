package dev.outbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on the evidence names every mutation, and every test that is to catch one; what it leaves to PIT is PIT's. */
class EvidenceTests {

    private static final Pattern TEST = Pattern.compile("(?m)^test: (\\w+)$");

    private static final Pattern PIT_ROW = Pattern.compile("(?m)^\\|[^|]*\\| ([^|]*) \\| PIT \\|$");

    private static final Pattern PIT_TESTS = Pattern.compile("<pit.tests>(.*)</pit.tests>");

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

    @Test
    void whatIsLeftToPitIsShownByTestsThatItRuns() {
        Matcher patterns = PIT_TESTS.matcher(Documentation.read("outbox-starter/pom.xml"));
        assertThat(patterns.find()).isTrue();
        assertThat(PIT_ROW.matcher(page).results().map(row -> row.group(1)))
                .isNotEmpty()
                .flatMap(tests -> List.of(tests.split(", ", -1)))
                .allSatisfy(test -> assertThat(classes("outbox-starter", test))
                        .singleElement()
                        .asString()
                        .matches(regex(patterns.group(1))));
    }

    /** The patterns of the pom, in which a star stands for anything. */
    private static String regex(String patterns) {
        return patterns.replace(".", "\\.").replace("*", ".*").replace(",", "|");
    }

    private static List<String> classes(String module, String simpleName) {
        Path tests = Documentation.ROOT.resolve(module).resolve("src/test/java");
        try (Stream<Path> files = Files.walk(tests)) {
            return files.filter(file -> file.endsWith(simpleName + ".java"))
                    .map(file -> tests.relativize(file).toString())
                    .map(file -> file.replace(".java", "").replace('/', '.'))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> mutations() throws IOException {
        try (Stream<Path> files = Files.list(Documentation.ROOT.resolve("labs/mutations"))) {
            return files.filter(file -> file.toString().endsWith(".patch")).toList();
        }
    }
}

package dev.outbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every Java example stands behind a link to a file of the samples, or of the tests, and is made of lines of that file. */
class ExampleTests {

    private static final Pattern EXAMPLE = Pattern.compile(
            "]\\(([^)]*(?:sample-|labs/adoption/|src/test/)[^)]+\\.java)\\)[^`]*```java\\n(.*?)```", Pattern.DOTALL);

    private static final Pattern ANY_EXAMPLE = Pattern.compile("(?m)^ *```java$");

    @Test
    void examplesAreTakenFromCodeThatRuns() {
        List<Example> examples = new ArrayList<>();
        for (Path page : Documentation.pages()) {
            examples.addAll(examplesOn(page));
        }
        assertThat(examples.stream().map(Example::page))
                .contains("README.md", "producing.md", "consuming.md", "versioning.md", "testing.md", "contract.md");
        assertThat(examples).allSatisfy(ExampleTests::isTakenFromItsFile);
    }

    @Test
    void noOtherExamplesAreShown() {
        assertThat(Documentation.pages())
                .allSatisfy(page -> assertThat(examplesOn(page))
                        .as(page.toString())
                        .hasSameSizeAs(ANY_EXAMPLE
                                .matcher(Documentation.read(page))
                                .results()
                                .toList()));
    }

    private static List<Example> examplesOn(Path page) {
        return EXAMPLE.matcher(Documentation.read(page))
                .results()
                .map(found -> Example.of(page, found))
                .toList();
    }

    private static void isTakenFromItsFile(Example example) {
        Set<String> source =
                Documentation.read(example.file()).lines().map(String::strip).collect(Collectors.toSet());
        assertThat(example.text().lines().map(String::strip).filter(line -> !line.isEmpty()))
                .as("%s on %s", example.file(), example.page())
                .isSubsetOf(source);
    }

    private record Example(String page, Path file, String text) {

        static Example of(Path page, MatchResult found) {
            return new Example(
                    page.getFileName().toString(),
                    page.resolveSibling(found.group(1)).normalize(),
                    found.group(2));
        }
    }
}

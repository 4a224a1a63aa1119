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

/** A Java example behind a link to a file of the samples is made of lines of that file. */
class ExampleTests {

    private static final Pattern EXAMPLE =
            Pattern.compile("]\\(([^)]*sample-[^)]+\\.java)\\)[^`]*```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void examplesAreTakenFromTheSamples() {
        List<Example> examples = new ArrayList<>();
        for (Path page : Documentation.pages()) {
            EXAMPLE.matcher(Documentation.read(page)).results().forEach(found -> examples.add(Example.of(page, found)));
        }
        assertThat(examples.stream().map(Example::page)).contains("README.md", "producing.md", "consuming.md");
        assertThat(examples).hasSizeGreaterThan(8).allSatisfy(ExampleTests::isTakenFromItsFile);
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

package dev.outbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The Java examples of the README are lines of the sample that the link above each one names. */
class ExampleTests {

    private static final Pattern EXAMPLE =
            Pattern.compile("]\\(([^)]+\\.java)\\)[^`]*```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void examplesAreTakenFromTheSamples() {
        var examples =
                EXAMPLE.matcher(Documentation.read("README.md")).results().toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
        assertThat(examples).allSatisfy(ExampleTests::isTakenFromItsFile);
    }

    private static void isTakenFromItsFile(MatchResult example) {
        Path file = Documentation.ROOT.resolve(example.group(1));
        Set<String> source = Documentation.read(file).lines().map(String::strip).collect(Collectors.toSet());
        assertThat(example.group(2).lines().map(String::strip).filter(line -> !line.isEmpty()))
                .as(example.group(1))
                .isSubsetOf(source);
    }
}

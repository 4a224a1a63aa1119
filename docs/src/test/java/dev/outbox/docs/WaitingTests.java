package dev.outbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** On a busy machine a signal may take long: tests wait for it as long as {@code Patience} says, not for seconds of their own. */
class WaitingTests {

    private static final Pattern WITHOUT_LIMIT =
            Pattern.compile("\\bAwaitility\\.await\\((\"[^\"]*\")?\\)\\s*\\.until");
    private static final Pattern WITHOUT_LIMIT_IMPORTED = Pattern.compile(
            "(?s)import static org\\.awaitility\\.Awaitility\\.await;.*[^.\\w]await\\((\"[^\"]*\")?\\)\\s*\\.until");
    private static final Pattern SECONDS = Pattern.compile(
            "\\.(get|await|waitFor)\\(\\d+, *(TimeUnit\\.)?SECONDS|atMost\\(\\d|atMost\\(Duration\\.ofSeconds");

    @Test
    void aTestWaitsForASignalAsLongAsItTakes() throws IOException {
        assertThat(tests())
                .isNotEmpty()
                .allSatisfy(test -> assertThat(Files.readString(test))
                        .as(test.toString())
                        .doesNotContainPattern(WITHOUT_LIMIT)
                        .doesNotContainPattern(WITHOUT_LIMIT_IMPORTED)
                        .doesNotContainPattern(SECONDS));
    }

    private static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.find(
                Documentation.ROOT,
                20,
                (file, attributes) ->
                        file.toString().endsWith("IT.java") && file.toString().contains("src/test"))) {
            return files.filter(file -> !file.toString().contains("target")).toList();
        }
    }
}

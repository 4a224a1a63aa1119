package dev.outbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The runbook has each message that the libraries log because a person may have to act on it, and no other. */
class MessagesTests {

    private static final String TEXT = "\"((?:[^\"\\\\]|\\\\.)*)\"";

    private static final Pattern LOGGED =
            Pattern.compile("\\b(?:log|LOG)\\.(?:warn|error)\\(\\s*(" + TEXT + "(?:\\s*\\+\\s*" + TEXT + ")*)");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| .+ \\|$");

    /** Of the checks at start, which say what is wrong and how to fix it. */
    private static final String PROBLEM_AND_FIX = "… …";

    @Test
    void theRunbookHasTheMessagesOfTheLibraries() {
        String page = Documentation.read("docs/operations.md");
        String messages = page.substring(page.indexOf("## Messages"), page.indexOf("## Upgrade"));
        assertThat(ROW.matcher(messages).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(logged());
    }

    private static List<String> logged() {
        return Stream.of(
                        "outbox-core",
                        "outbox-producer",
                        "outbox-consumer",
                        "outbox-eventstore",
                        "outbox-import",
                        "outbox-relay")
                .flatMap(module -> sources(Documentation.ROOT.resolve(module).resolve("src/main/java")))
                .flatMap(file -> LOGGED.matcher(Documentation.read(file)).results())
                .map(MessagesTests::message)
                .filter(message -> !message.equals(PROBLEM_AND_FIX))
                .distinct()
                .toList();
    }

    private static String message(MatchResult call) {
        return Pattern.compile(TEXT)
                .matcher(call.group(1))
                .results()
                .map(part -> part.group(1))
                .collect(Collectors.joining())
                .replace("{}", "…");
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

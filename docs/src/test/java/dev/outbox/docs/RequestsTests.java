package dev.outbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The requests and commands that the runbook names are those of the console and of its command line. */
class RequestsTests {

    private static final Pattern NAMED = Pattern.compile("`((?:GET|POST) /outbox/api[^`]*)`");

    private static final Pattern COMMAND = Pattern.compile("`(outbox [a-z-]+(?: [a-z-]+)?)(?: ID)?`");

    private static final Pattern BASE = Pattern.compile("@RequestMapping\\((?:path = )?\"([^\"]+)\"");

    private static final Pattern REQUEST =
            Pattern.compile("@(Get|Post)Mapping(?:\\((?:[^)\"]*?path = )?(?:\"([^\"]*)\")?[^)]*\\))?");

    @Test
    void theRunbookNamesRequestsThatThereAre() {
        List<String> known = controllers().flatMap(RequestsTests::requests).toList();
        assertThat(NAMED.matcher(Documentation.read("docs/operations.md"))
                        .results()
                        .map(named -> named.group(1)))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @Test
    void theRunbookNamesCommandsThatThereAre() {
        String commands = Documentation.read("docs/cli.md");
        assertThat(COMMAND.matcher(Documentation.read("docs/operations.md"))
                        .results()
                        .map(named -> named.group(1)))
                .isNotEmpty()
                .allMatch(command -> commands.contains("Usage: %s [OPTIONS]".formatted(command)));
    }

    private static Stream<String> requests(String source) {
        Matcher base = BASE.matcher(source);
        return base.find()
                ? REQUEST.matcher(source)
                        .results()
                        .map(request -> "%s %s%s"
                                .formatted(
                                        request.group(1).toUpperCase(Locale.ROOT),
                                        base.group(1),
                                        request.group(2) == null ? "" : request.group(2)))
                : Stream.of();
    }

    private static Stream<String> controllers() {
        try (Stream<Path> files = Files.walk(Documentation.ROOT.resolve("outbox-console/src/main/java"))) {
            return files.filter(file -> file.toString().endsWith("Controller.java")).toList().stream()
                    .map(Documentation::read);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

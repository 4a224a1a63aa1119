package dev.outbox.sidecar;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which page of a list. */
final class PageOptions {

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many at most, 1 to 500. Default: ${DEFAULT-VALUE}.")
    int limit;

    @Option(names = "--after", paramLabel = "NEXT", description = "The page that follows; each page says its next one.")
    @Nullable
    String after;

    Fields addTo(Fields fields) {
        return fields.with("limit", limit).with("after", after);
    }

    /** Prints a page. */
    static void show(Terminal terminal, Answer answer, Table table, String ifEmpty) {
        terminal.print(table.isEmpty() ? ifEmpty : table.toString());
        String next = answer.text("next");
        if (!next.isEmpty()) {
            terminal.say("There may be more: --after " + next);
        }
    }
}

package dev.outbox.sidecar.internal.session;

import dev.outbox.sidecar.internal.terminal.Table;
import dev.outbox.sidecar.internal.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which page of a list. */
public final class PageOptions {

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many at most, 1 to 500. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--after", paramLabel = "NEXT", description = "The page that follows; each page says its next one.")
    private @Nullable String after;

    public Fields addTo(Fields fields) {
        return fields.with("limit", limit).with("after", after);
    }

    /** Prints a page. */
    public static void show(Terminal terminal, Answer answer, Table table, String ifEmpty) {
        terminal.print(table.isEmpty() ? ifEmpty : table.toString());
        String next = answer.text("next");
        if (!next.isEmpty()) {
            terminal.say("There may be more: --after " + next);
        }
    }
}

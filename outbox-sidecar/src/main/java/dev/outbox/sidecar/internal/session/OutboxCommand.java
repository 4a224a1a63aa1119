package dev.outbox.sidecar.internal.session;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of all commands. */
@Command(
        name = "outbox",
        sortOptions = false,
        description =
                "Asks a running sidecar what is late and why, and decides about parked events, replays and positions.",
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions of all commands:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n")
public final class OutboxCommand {

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The sidecar. Else OUTBOX_URL, else%nhttp://localhost:8090.")
    @Nullable
    URI url;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "A user of outbox.console.users. Else OUTBOX_USER.")
    @Nullable
    String user;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            scope = ScopeType.INHERIT,
            description = "Else OUTBOX_PASSWORD, which other users of the machine do not see; else you are asked.")
    @Nullable
    String password;

    @Option(
            names = "--outbox",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Which outbox, if the sidecar has several.")
    @Nullable
    String outbox;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the answer of the API as it is.")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Print this.")
    boolean help;
}

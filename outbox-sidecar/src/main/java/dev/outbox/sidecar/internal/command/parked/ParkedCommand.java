package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.Pause;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "parked",
        description = "Shows what waits for a decision, and decides.",
        synopsisSubcommandLabel = "COMMAND")
public final class ParkedCommand {

    private ParkedCommand() {}

    /** {@return the command, with those that are below it} */
    public static CommandLine of(Session session, Pause pause) {
        return new CommandLine(new ParkedCommand())
                .addSubcommand(new ParkedListCommand(session))
                .addSubcommand(new ParkedCountCommand(session))
                .addSubcommand(new ParkedEventsCommand(session))
                .addSubcommand(new ParkedPayloadCommand(session))
                .addSubcommand(new ParkedReleaseCommand(session, pause))
                .addSubcommand(new ParkedReleasesCommand(session))
                .addSubcommand(new ParkedStopCommand(session))
                .addSubcommand(new ParkedDiscardCommand(session))
                .addSubcommand(new ParkedDiscardEventCommand(session))
                .addSubcommand(new ParkedEditCommand(session))
                .addSubcommand(new ParkedTopicsCommand(session))
                .addSubcommand(new ParkedDiscardTopicCommand(session));
    }
}

package dev.outbox.sidecar.internal.command.parked;

import dev.outbox.sidecar.internal.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "parked",
        description = "Shows what waits for a decision, and decides.",
        synopsisSubcommandLabel = "COMMAND")
public final class ParkedCommand {

    private ParkedCommand() {}

    /** {@return the command, with those that are below it} */
    public static CommandLine of(Session session) {
        return new CommandLine(new ParkedCommand())
                .addSubcommand(new ParkedListCommand(session))
                .addSubcommand(new ParkedCountCommand(session))
                .addSubcommand(new ParkedEventsCommand(session))
                .addSubcommand(new ParkedPayloadCommand(session))
                .addSubcommand(new ParkedReleaseCommand(session))
                .addSubcommand(new ParkedDiscardCommand(session))
                .addSubcommand(new ParkedDiscardEventCommand(session))
                .addSubcommand(new ParkedEditCommand(session))
                .addSubcommand(new ParkedTopicsCommand(session))
                .addSubcommand(new ParkedDiscardTopicCommand(session));
    }
}

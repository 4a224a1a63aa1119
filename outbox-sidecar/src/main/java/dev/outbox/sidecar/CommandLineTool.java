package dev.outbox.sidecar;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Puts the commands together, and runs one of them. */
final class CommandLineTool {

    /** Of the relay itself: it prints the configuration of a connector. */
    private static final String DEBEZIUM = "debezium";

    private static final long LOOKS_AT_A_REPLAY_EVERY_MILLIS = 500;

    private CommandLineTool() {}

    /** {@return whether these are the arguments of a command} Else they are those of the relay, which all begin with two hyphens. */
    static boolean isMeant(String... arguments) {
        if (arguments.length == 0 || arguments[0].equals(DEBEZIUM)) {
            return false;
        }
        String first = arguments[0].replaceFirst("=.*", "");
        return !first.startsWith("-")
                || new CommandLine(new OutboxCommand())
                        .getCommandSpec()
                        .optionsMap()
                        .containsKey(first);
    }

    /** {@return the exit code} */
    static int run(Terminal terminal, Map<String, String> environment, String... arguments) {
        return commands(terminal, environment, () -> TimeUnit.MILLISECONDS.sleep(LOOKS_AT_A_REPLAY_EVERY_MILLIS))
                .execute(arguments);
    }

    static CommandLine commands(Terminal terminal, Map<String, String> environment, Pause pause) {
        OutboxCommand options = new OutboxCommand();
        Session session = new Session(options, terminal, environment);
        CommandLine parked = new CommandLine(new ParkedCommand())
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
        CommandLine replay = new CommandLine(new ReplayCommand(session, pause))
                .addSubcommand(new ReplayListCommand(session))
                .addSubcommand(new ReplayStopCommand(session));
        CommandLine all = new CommandLine(options)
                .addSubcommand(new StatusCommand(session))
                .addSubcommand(new EventCommand(session))
                .addSubcommand(new EventsCommand(session))
                .addSubcommand(parked)
                .addSubcommand(new CommandLine(new LanesCommand(session)).addSubcommand(new RebaseCommand(session)))
                .addSubcommand(replay)
                .addSubcommand(new AuditCommand(session));
        all.getCommandSpec().usageMessage().exitCodeList(ExitCode.described());
        all.getSubcommands().values().forEach(CommandLineTool::describeOwnOptionsAlone);
        return all.setOut(terminal.out())
                .setErr(terminal.err())
                .setExecutionExceptionHandler((failure, command, parsed) -> told(failure, terminal));
    }

    /** What a person can do nothing about keeps its stack trace. */
    private static int told(Exception failure, Terminal terminal) throws Exception {
        if (failure instanceof CommandFailure known) {
            terminal.say("outbox: " + known.getMessage());
            return known.exitCode().code();
        }
        throw failure;
    }

    /** The options of all commands are told by {@code outbox --help}, once. */
    private static void describeOwnOptionsAlone(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, CommandLineTool::ownOptions);
        usage.abbreviateSynopsis(true).sortOptions(false).commandListHeading("%nCommands:%n");
        if (!ownOptionsOf(command.getCommandSpec()).isEmpty()) {
            usage.optionListHeading("%nOptions, besides those of all commands (outbox --help):%n");
        }
        command.getSubcommands().values().forEach(CommandLineTool::describeOwnOptionsAlone);
    }

    private static String ownOptions(Help help) {
        return help.optionListExcludingGroups(ownOptionsOf(help.commandSpec()));
    }

    private static List<OptionSpec> ownOptionsOf(CommandSpec command) {
        return command.options().stream().filter(option -> !option.inherited()).toList();
    }
}

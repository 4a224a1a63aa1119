package dev.outbox.sidecar.internal.command;

import dev.outbox.sidecar.internal.command.event.EventCommand;
import dev.outbox.sidecar.internal.command.event.EventsCommand;
import dev.outbox.sidecar.internal.command.parked.ParkedCommand;
import dev.outbox.sidecar.internal.command.replay.ReplayCommand;
import dev.outbox.sidecar.internal.session.OutboxCommand;
import dev.outbox.sidecar.internal.session.Session;
import dev.outbox.sidecar.internal.terminal.CommandFailure;
import dev.outbox.sidecar.internal.terminal.ExitCode;
import dev.outbox.sidecar.internal.terminal.Pause;
import dev.outbox.sidecar.internal.terminal.Terminal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Puts the commands together, and runs one of them. */
public final class CommandLineTool {

    /** Of the relay itself: it prints the configuration of a connector. */
    private static final String DEBEZIUM = "debezium";

    private static final long LOOKS_EVERY_MILLIS = 500;

    private CommandLineTool() {}

    /** {@return whether these are the arguments of a command} Else they are those of the relay, which all begin with two hyphens. */
    public static boolean isMeant(String... arguments) {
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
    public static int run(Terminal terminal, Map<String, String> environment, String... arguments) {
        return commands(terminal, environment, () -> TimeUnit.MILLISECONDS.sleep(LOOKS_EVERY_MILLIS))
                .execute(arguments);
    }

    /** {@return all commands} */
    public static CommandLine commands(Terminal terminal, Map<String, String> environment, Pause pause) {
        OutboxCommand options = new OutboxCommand();
        Session session = new Session(options, terminal, environment);
        CommandLine all = new CommandLine(options)
                .addSubcommand(new StatusCommand(session))
                .addSubcommand(new EventCommand(session))
                .addSubcommand(new EventsCommand(session))
                .addSubcommand(ParkedCommand.of(session, pause))
                .addSubcommand(new CommandLine(new LanesCommand(session)).addSubcommand(new RebaseCommand(session)))
                .addSubcommand(ReplayCommand.of(session, pause))
                .addSubcommand(new ConsumersCommand(session))
                .addSubcommand(new TargetsCommand(session))
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

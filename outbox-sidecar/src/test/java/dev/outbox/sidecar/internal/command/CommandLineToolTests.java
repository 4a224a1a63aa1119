package dev.outbox.sidecar.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.sidecar.internal.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What is a command, and the page that describes them. */
class CommandLineToolTests {

    private final Terminal terminal =
            new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), null);
    private final CommandLine commands = CommandLineTool.commands(terminal, Map.of(), () -> {});

    @ParameterizedTest
    @ValueSource(strings = {"status", "statsu", "--help", "-h", "--url=http://localhost:8090", "--user", "--json"})
    void aCommandIsOne(String first) {
        assertThat(CommandLineTool.isMeant(first, "--server.port=8090")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"debezium", "--server.port=8090", "--outbox.relay.name=x", "--debug"})
    void theArgumentsOfTheRelayAreNone(String first) {
        assertThat(CommandLineTool.isMeant(first, "status")).isFalse();
        assertThat(CommandLineTool.isMeant()).isFalse();
    }

    @Test
    void thePageHasTheUsageOfEachCommand() throws IOException {
        describes(Files.readString(Path.of("../docs/cli.md")), commands);
    }

    private static void describes(String page, CommandLine command) {
        assertThat(page).contains(command.getUsageMessage(Ansi.OFF).strip());
        command.getSubcommands().values().forEach(each -> describes(page, each));
    }
}

package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.schema.OutboxSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Consumers that are killed, or frozen for longer than their session, in the midst of a transaction, and their successors. */
class KilledConsumerIT {

    private static final int EVENTS = 40;
    private static final int HANG_AT = 17;

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final Ledger ledger = new Ledger(database);

    @BeforeEach
    void sendAllEvents() throws Exception {
        ledger.send(EVENTS);
    }

    @Test
    void aConsumerThatIsKilledInMidBatchHasAppliedNothingOfItAndItsSuccessorAppliesAllOnce() throws Exception {
        Process killed = startHanging();
        try {
            awaitHang(killed);
            assertThat(ledger.entries()).isZero();
            killed.destroyForcibly();
            assertThat(killed.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            try (ConfigurableApplicationContext successor = startSuccessor()) {
                assertThat(successor.isRunning()).isTrue();
                ledger.awaitAll();
            }
        } finally {
            killed.destroyForcibly();
        }
        ledger.assertEachOnceAndInOrder();
    }

    @Test
    void aConsumerThatIsFrozenBeyondItsSessionAndWakesUpAddsNothingToWhatItsSuccessorApplies() throws Exception {
        Process frozen = startHanging();
        try {
            awaitHang(frozen);
            signal("-STOP", frozen);
            try (ConfigurableApplicationContext successor = startSuccessor()) {
                assertThat(successor.isRunning()).isTrue();
                ledger.awaitConsumerThatWaitsForALock();
                signal("-CONT", frozen);
                frozen.getOutputStream().write('\n');
                frozen.getOutputStream().flush();
                ledger.awaitAll();
            }
        } finally {
            frozen.destroyForcibly();
        }
        ledger.assertEachOnceAndInOrder();
    }

    private ConfigurableApplicationContext startSuccessor() {
        return new SpringApplicationBuilder(LedgerConsumer.class)
                .web(WebApplicationType.NONE)
                .run(arguments().toArray(String[]::new));
    }

    private Process startHanging() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It starts and hangs: the best compiler would double its processor time.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                LedgerConsumer.class.getName()));
        command.addAll(arguments());
        command.add("--ledger.hang-at=" + Ledger.eventId(HANG_AT));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(ledger.arguments());
        arguments.add("--spring.kafka.consumer.properties.session.timeout.ms=6000");
        arguments.add("--spring.kafka.consumer.properties.heartbeat.interval.ms=1000");
        return arguments;
    }

    private static void awaitHang(Process process) throws IOException {
        StringBuilder output = new StringBuilder();
        BufferedReader reader = process.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.contains(LedgerConsumer.HANGS)) {
                drain(reader);
                return;
            }
            output.append(line).append('\n');
        }
        throw new AssertionError("Ended before it came to its event:\n" + output);
    }

    /** What it says later must not fill the pipe. */
    private static void drain(BufferedReader reader) {
        Thread thread = new Thread(() -> reader.lines().forEach(line -> {}), "drain");
        thread.setDaemon(true);
        thread.start();
    }

    private static void signal(String signal, Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}

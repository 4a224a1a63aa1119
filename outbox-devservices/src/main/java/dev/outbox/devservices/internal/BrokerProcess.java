package dev.outbox.devservices.internal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** The process of a {@link KafkaBroker}: formats the storage once, runs the broker, ends with the parent process. */
final class BrokerProcess {

    private BrokerProcess() {}

    public static void main(String[] args) {
        ServerDirectory directory = new ServerDirectory(Path.of(args[0]), Boolean.parseBoolean(args[1]));
        ParentWatch.onEnd(() -> end(directory));
        TerminalInterrupt.ignore();
        String properties = directory.resolve(BrokerProperties.FILE).toString();
        if (!Files.exists(directory.resolve("data").resolve("meta.properties"))) {
            format(properties);
        }
        Kafka.main(new String[] {properties});
    }

    private static void format(String properties) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int exitCode = StorageTool.execute(
                new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", properties},
                new PrintStream(output, true, StandardCharsets.UTF_8));
        if (exitCode != 0) {
            throw new IllegalStateException(
                    "The storage cannot be formatted: " + output.toString(StandardCharsets.UTF_8));
        }
    }

    private static void end(ServerDirectory directory) {
        try {
            directory.removeIfTemporary();
        } finally {
            // No orderly shutdown: the data of a broker whose parent was killed is as safe as after a kill of its own.
            Runtime.getRuntime().halt(0);
        }
    }
}

package dev.outbox.devservices.internal;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The configuration of the one broker that is also its own controller.
 *
 * @param more changes what is set here
 */
record BrokerProperties(int port, int controllerPort, Consumer<Properties> more) {

    static final String FILE = "server.properties";

    /** {@return the id that the storage was formatted with, if it was} */
    static Optional<String> clusterId(ServerDirectory directory) {
        Path meta = directory.resolve("data").resolve("meta.properties");
        if (!Files.exists(meta)) {
            return Optional.empty();
        }
        try (Reader reader = Files.newBufferedReader(meta)) {
            Properties properties = new Properties();
            properties.load(reader);
            return Optional.ofNullable(properties.getProperty("cluster.id"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the ports that the broker will listen on} */
    List<Integer> writeTo(ServerDirectory directory) {
        Properties properties = in(directory);
        try (Writer writer = Files.newBufferedWriter(directory.resolve(FILE))) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Stream.of(properties.getProperty("listeners").split(","))
                .map(listener -> Integer.valueOf(listener.substring(listener.lastIndexOf(':') + 1)))
                .toList();
    }

    private Properties in(ServerDirectory directory) {
        Properties properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", "1");
        properties.setProperty("controller.quorum.voters", "1@localhost:" + controllerPort);
        properties.setProperty(
                "listeners", "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d".formatted(port, controllerPort));
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.setProperty("log.dirs", directory.resolve("data").toString());
        aloneInTheCluster(properties);
        quickToReact(properties);
        more.accept(properties);
        return properties;
    }

    private static void aloneInTheCluster(Properties properties) {
        properties.setProperty("num.partitions", "3");
        properties.setProperty("default.replication.factor", "1");
        properties.setProperty("min.insync.replicas", "1");
        properties.setProperty("offsets.topic.replication.factor", "1");
        properties.setProperty("offsets.topic.num.partitions", "1");
        properties.setProperty("transaction.state.log.replication.factor", "1");
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("transaction.state.log.num.partitions", "1");
        properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
        properties.setProperty("share.coordinator.state.topic.num.partitions", "1");
    }

    private static void quickToReact(Properties properties) {
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        // A killed broker may come back only when its old session has ended: 3 s instead of 12.
        properties.setProperty("broker.session.timeout.ms", "1500");
        properties.setProperty("broker.heartbeat.interval.ms", "300");
        // Taken from the heap at the start: a quarter of it by default.
        properties.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
    }
}

package dev.outbox.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * The configuration of the one broker that is also its own controller.
 *
 * @param userPort where a user has to say who it is, and may do only what it is allowed to; empty: there is no access control
 */
record BrokerProperties(int port, int controllerPort, OptionalInt userPort, boolean makesTopics) {

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

    void writeTo(ServerDirectory directory) {
        try (Writer writer = Files.newBufferedWriter(directory.resolve(FILE))) {
            in(directory).store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        properties.setProperty("auto.create.topics.enable", Boolean.toString(makesTopics));
        aloneInTheCluster(properties);
        quickToReact(properties);
        userPort.ifPresent(listener -> withAccessControl(properties, listener));
        return properties;
    }

    /** Whoever comes to another listener than that of the user, such as the broker itself, may do everything. */
    private static void withAccessControl(Properties properties, int listener) {
        properties.merge("listeners", ",USERS://localhost:" + listener, (others, users) -> "" + others + users);
        properties.merge(
                "listener.security.protocol.map", ",USERS:SASL_PLAINTEXT", (others, users) -> "" + others + users);
        properties.setProperty("listener.name.users.sasl.enabled.mechanisms", BrokerUser.MECHANISM);
        properties.setProperty(
                "listener.name.users.plain.sasl.jaas.config",
                "%s required user_%s=\"%s\";".formatted(BrokerUser.LOGIN_MODULE, BrokerUser.NAME, BrokerUser.PASSWORD));
        properties.setProperty("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        properties.setProperty("super.users", "User:ANONYMOUS");
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

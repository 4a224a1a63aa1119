package dev.outbox.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterResult;

/**
 * A Kafka broker, with its controller, in a process of its own, so that it can be killed and started again.
 *
 * <p>It ends with {@link #close()} and with this JVM, even when this JVM is killed. Topics are made on first use, with
 * three partitions. Thread-safe.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final int ANSWER_WITHIN_MILLIS = 5_000;

    private final ServerDirectory directory;
    private final int port;
    private final OptionalInt userPort;
    private ServerProcess process;

    private KafkaBroker(ServerDirectory directory, int port, OptionalInt userPort) {
        this.directory = directory;
        this.port = port;
        this.userPort = userPort;
        this.process = launch(directory);
    }

    /** Starts an empty broker on a free port, in a directory that goes away with it. */
    public static KafkaBroker start() {
        return start(() -> ServerDirectory.temporary("outbox-kafka-"), 0, false, true);
    }

    /** Starts an empty broker as {@link #start()} does, but one that makes no topic by itself. */
    public static KafkaBroker startWithoutAutoCreate() {
        return start(() -> ServerDirectory.temporary("outbox-kafka-"), 0, false, false);
    }

    /**
     * Starts an empty broker that has a {@link #user()} who may do only what it is allowed to. All who come to
     * {@link #bootstrapServers()} may do everything. It makes no topic by itself.
     */
    public static KafkaBroker startWithAccessControl() {
        return start(() -> ServerDirectory.temporary("outbox-kafka-"), 0, true, false);
    }

    /**
     * Starts a broker in the given directory, which is kept and may hold the data of an earlier one; port 0: a free one.
     *
     * @throws IllegalStateException if it cannot be started, also because another server listens on the port
     */
    public static KafkaBroker start(Path directory, int port) {
        return start(() -> ServerDirectory.kept(directory), port, false, true);
    }

    private static KafkaBroker start(
            Supplier<ServerDirectory> directory, int requestedPort, boolean accessControl, boolean makesTopics) {
        return FreePort.orRequested(
                "Kafka", requestedPort, port -> startAt(directory.get(), port, accessControl, makesTopics));
    }

    private static KafkaBroker startAt(
            ServerDirectory directory, int port, boolean accessControl, boolean makesTopics) {
        int controllerPort = LocalPort.free();
        OptionalInt userPort = accessControl ? OptionalInt.of(LocalPort.free()) : OptionalInt.empty();
        new BrokerProperties(port, controllerPort, userPort, makesTopics).writeTo(directory);
        KafkaBroker broker = new KafkaBroker(directory, port, userPort);
        try {
            broker.awaitReady();
        } catch (ServerEndedException e) {
            directory.removeIfTemporary();
            throw LocalPort.isOpen(port)
                            || LocalPort.isOpen(controllerPort)
                            || userPort.stream().anyMatch(LocalPort::isOpen)
                    ? new PortTakenException("Kafka", port, "another server")
                    : e;
        } catch (IllegalStateException e) {
            broker.process.stop();
            directory.removeIfTemporary();
            throw e;
        }
        return broker;
    }

    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /**
     * {@return the user who may do only what it is allowed to}
     *
     * @throws IllegalStateException if the broker was started without access control
     */
    public BrokerUser user() {
        return new BrokerUser(
                bootstrapServers(),
                "localhost:"
                        + userPort.orElseThrow(() -> new IllegalStateException(
                                "Everyone may do everything on this broker; start it with access control.")));
    }

    public synchronized long pid() {
        return process.pid();
    }

    /** Kills the process (SIGKILL); what it had acknowledged is there after a {@link #restart()}. */
    public synchronized void kill() {
        process.kill();
    }

    /** Starts the broker again on the same port with the same data, after stopping it if it still runs. */
    public synchronized void restart() {
        process.terminate();
        process = launch(directory);
        awaitReady();
    }

    @Override
    public synchronized void close() {
        if (directory.temporary()) {
            process.stop();
        } else {
            process.terminate();
        }
        directory.removeIfTemporary();
    }

    private static ServerProcess launch(ServerDirectory directory) {
        return ServerProcess.start(
                BrokerProcess.class,
                List.of("-Xmx512m"),
                List.of(directory.path().toString(), Boolean.toString(directory.temporary())),
                directory.resolve("broker.log"));
    }

    private synchronized void awaitReady() {
        process.awaitReady(this::answers);
    }

    /** Whoever answers is not always the broker that was started here. */
    private void requireOwn(String answering) {
        if (!BrokerProperties.clusterId(directory).equals(Optional.of(answering))) {
            throw new PortTakenException("Kafka", port, "a broker of cluster " + answering);
        }
    }

    private boolean answers() {
        // The port first: an admin client that finds nobody there complains in the log of the test.
        if (!LocalPort.isOpen(port)) {
            return false;
        }
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ANSWER_WITHIN_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ANSWER_WITHIN_MILLIS))) {
            DescribeClusterResult cluster = admin.describeCluster();
            requireOwn(cluster.clusterId().get());
            // A broker is listed once the controller lets it serve, which takes a while after a kill.
            return !cluster.nodes().get().isEmpty();
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the broker", e);
        }
    }
}

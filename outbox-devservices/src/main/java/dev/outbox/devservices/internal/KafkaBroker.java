package dev.outbox.devservices.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker, with its controller, in a separate process, so that it can be killed and started again.
 *
 * <p>It ends with {@link #close()} and with this JVM, even when this JVM is killed. Topics are made on first use, with
 * three partitions. Thread-safe.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final int ANSWER_WITHIN_MILLIS = 5_000;

    private static final List<String> LONG_LIVED = List.of("-Xmx512m");

    /** Much of what such a broker does is starting: the best compiler costs more than it gives. */
    private static final List<String> SHORT_LIVED = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final ServerDirectory directory;
    private final int port;
    private ServerProcess process;

    private KafkaBroker(ServerDirectory directory, int port) {
        this.directory = directory;
        this.port = port;
        this.process = launch(directory);
    }

    /** Starts an empty broker on a free port, in a directory that goes away with it. */
    public static KafkaBroker start() {
        return start(0);
    }

    /**
     * Starts an empty broker on the given port, in a directory that goes away with it; port 0: a free one.
     *
     * @throws ServerStartException if it cannot be started, also because another server listens on the port
     */
    public static KafkaBroker start(int port) {
        return start(() -> ServerDirectory.temporary("outbox-kafka-"), port, properties -> {});
    }

    /**
     * Starts an empty broker as {@link #start()} does, with other settings.
     *
     * @param settings changes the properties of the broker; called again if a port turns out to be taken
     */
    public static KafkaBroker start(Consumer<Properties> settings) {
        return start(() -> ServerDirectory.temporary("outbox-kafka-"), 0, settings);
    }

    /**
     * Starts a broker in the given directory, which is kept and may hold the data of an earlier one; port 0: a free one.
     *
     * @throws ServerStartException if it cannot be started, also because another server listens on the port
     */
    public static KafkaBroker start(Path directory, int port) {
        return start(() -> ServerDirectory.kept(directory), port, properties -> {});
    }

    private static KafkaBroker start(
            Supplier<ServerDirectory> directory, int requestedPort, Consumer<Properties> settings) {
        return FreePort.orRequested("Kafka", requestedPort, port -> startAt(directory.get(), port, settings));
    }

    private static KafkaBroker startAt(ServerDirectory directory, int port, Consumer<Properties> settings) {
        List<Integer> ports = new BrokerProperties(port, LocalPort.free(), settings).writeTo(directory);
        KafkaBroker broker = new KafkaBroker(directory, port);
        try {
            broker.awaitReady();
        } catch (ServerEndedException e) {
            directory.removeIfTemporary();
            throw ports.stream().anyMatch(LocalPort::isOpen)
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
                directory.temporary() ? SHORT_LIVED : LONG_LIVED,
                List.of(directory.path().toString(), Boolean.toString(directory.temporary())),
                directory.resolve("broker.log"));
    }

    private synchronized void awaitReady() {
        try (Probe probe = new Probe()) {
            process.awaitReady(probe::isReady);
        }
    }

    /** Whoever answers is not always the broker that was started here. */
    private void requireOwn(String answering) {
        if (!BrokerProperties.clusterId(directory).equals(Optional.of(answering))) {
            throw new PortTakenException("Kafka", port, "a broker of cluster " + answering);
        }
    }

    /** Asks with one client, made when somebody listens: it logs its settings, and complains where it finds nobody. */
    private final class Probe implements AutoCloseable {

        private @Nullable Admin admin;

        boolean isReady() {
            if (!LocalPort.isOpen(port)) {
                return false;
            }
            if (admin == null) {
                admin = Admin.create(Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers(),
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        ANSWER_WITHIN_MILLIS,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        ANSWER_WITHIN_MILLIS));
            }
            return answers(admin);
        }

        private boolean answers(Admin admin) {
            try {
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

        @Override
        public void close() {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }
}

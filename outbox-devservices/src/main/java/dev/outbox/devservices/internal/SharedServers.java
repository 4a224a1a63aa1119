package dev.outbox.devservices.internal;

import java.util.HashMap;
import java.util.Map;

/**
 * The servers that everything in this JVM shares: one of each kind, and one more for each port that is asked for. Each is
 * started when it is first asked for, and ends with the JVM. Thread-safe.
 */
public final class SharedServers {

    private static final Map<Integer, PostgresServer> POSTGRES = new HashMap<>();
    private static final Map<Integer, KafkaBroker> KAFKA = new HashMap<>();

    private SharedServers() {}

    /**
     * {@return the PostgreSQL of this JVM; port 0: on a free one}
     *
     * @throws ServerStartException if it cannot be started
     */
    public static PostgresServer postgres(int port) {
        synchronized (POSTGRES) {
            return POSTGRES.computeIfAbsent(port, PostgresServer::start);
        }
    }

    /**
     * {@return the broker of this JVM; port 0: on a free one}
     *
     * @throws ServerStartException if it cannot be started
     */
    public static KafkaBroker kafka(int port) {
        synchronized (KAFKA) {
            return KAFKA.computeIfAbsent(port, KafkaBroker::start);
        }
    }
}

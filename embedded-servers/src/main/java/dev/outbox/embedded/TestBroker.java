package dev.outbox.embedded;

import dev.outbox.devservices.internal.SharedServers;

/** The one Kafka broker that the tests of this JVM share, for tests without Spring; tests use topics of their own. */
public final class TestBroker {

    private TestBroker() {}

    /** Where the broker listens; the first call starts it, as the system property {@code outbox.test.servers} says. */
    public static String bootstrapServers() {
        return switch (ServerKind.chosen()) {
            case EMBEDDED -> SharedServers.kafka(0).bootstrapServers();
            case CONTAINERS -> SharedBrokerContainer.BOOTSTRAP_SERVERS;
        };
    }

    private static final class SharedBrokerContainer {

        static final String BOOTSTRAP_SERVERS = Containers.startedKafka().getBootstrapServers();
    }
}

package dev.outbox.chaos;

import dev.outbox.chaos.process.Signal;
import dev.outbox.devservices.internal.KafkaBroker;
import dev.outbox.devservices.internal.PostgresServer;

/**
 * The two servers, which end with this JVM. Unlike other integration tests, these never run on containers: what is done
 * to the servers is done to processes.
 *
 * @param postgres PostgreSQL
 * @param broker Kafka
 */
public record Servers(PostgresServer postgres, KafkaBroker broker) {

    /** {@return the servers of this JVM, started at the first call} */
    public static Servers shared() {
        return Shared.SERVERS;
    }

    public void stopBroker() {
        Signal.STOP.sendTo(broker.pid());
    }

    public void continueBroker() {
        Signal.CONT.sendTo(broker.pid());
    }

    private static final class Shared {

        static final Servers SERVERS = new Servers(PostgresServer.start(), KafkaBroker.start());
    }
}

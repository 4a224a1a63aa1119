package dev.outbox.chaos;

import dev.outbox.chaos.postgres.Postgres;
import dev.outbox.chaos.process.Signal;
import dev.outbox.devservices.internal.KafkaBroker;

/**
 * The servers, which end with this JVM. Unlike other integration tests, these never run on containers: what is done to the
 * servers is done to processes.
 *
 * @param postgres PostgreSQL
 * @param broker Kafka
 */
public record Servers(Postgres postgres, KafkaBroker broker) {

    /** {@return servers of this JVM, started at the first call} */
    public static Servers shared() {
        return Shared.SERVERS;
    }

    /** {@return the same with a PostgreSQL that has a standby} */
    public static Servers replicated() {
        return Replicated.SERVERS;
    }

    public void stopBroker() {
        Signal.STOP.sendTo(broker.pid());
    }

    public void continueBroker() {
        Signal.CONT.sendTo(broker.pid());
    }

    private static final class Broker {

        static final KafkaBroker BROKER = KafkaBroker.start();
    }

    private static final class Shared {

        static final Servers SERVERS = new Servers(Postgres.alone(), Broker.BROKER);
    }

    private static final class Replicated {

        static final Servers SERVERS = new Servers(Postgres.replicated(), Broker.BROKER);
    }
}

package dev.outbox.chaos;

import dev.outbox.chaos.database.Database;
import dev.outbox.chaos.database.MariaDb;
import dev.outbox.chaos.postgres.Postgres;
import dev.outbox.chaos.process.Signal;
import dev.outbox.devservices.internal.KafkaBroker;

/**
 * The servers, which end with this JVM. Unlike other integration tests, these never run on containers: what is done to the
 * servers is done to processes.
 *
 * @param database the database
 * @param broker Kafka
 */
public record Servers(Database database, KafkaBroker broker) {

    /** {@return servers of this JVM, started at the first call; the database is PostgreSQL} */
    public static Servers shared() {
        return Shared.SERVERS;
    }

    /** {@return the same with a PostgreSQL that has a standby} */
    public static Servers replicated() {
        return Replicated.SERVERS;
    }

    /** {@return the same with MariaDB} */
    public static Servers mariaDb() {
        return OnMariaDb.SERVERS;
    }

    /**
     * {@return PostgreSQL, for what no other database can suffer}
     *
     * @throws IllegalStateException if the database is another one
     */
    public Postgres postgres() {
        if (database instanceof Postgres postgres) {
            return postgres;
        }
        throw new IllegalStateException("That cannot be done to " + database.kind());
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

    private static final class OnMariaDb {

        static final Servers SERVERS = new Servers(MariaDb.start(), Broker.BROKER);
    }
}

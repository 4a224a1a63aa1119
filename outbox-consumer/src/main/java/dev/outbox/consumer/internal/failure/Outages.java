package dev.outbox.consumer.internal.failure;

import org.apache.kafka.common.errors.ApiException;

/**
 * Distinguishes an outage from the failure of an event, by asking the servers. The exception cannot tell: one of another
 * database, of a missing topic or of a limit that the event exceeds looks the same, and would come again forever. Thread-safe.
 */
public final class Outages {

    private static final int LONGEST_CHAIN = 32;

    private final ServerProbe database;
    private final ServerProbe broker;

    /**
     * @param database the database of the inbox; asked about every failure
     * @param broker the broker of the inbox; asked about failures that come from Kafka
     */
    public Outages(ServerProbe database, ServerProbe broker) {
        this.database = database;
        this.broker = broker;
    }

    /** {@return whether a server of the inbox is unreachable now, so the failure says nothing about the event} */
    public boolean explain(Throwable failure) {
        return !database.answers() || (comesFromKafka(failure) && !broker.answers());
    }

    private static boolean comesFromKafka(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++, cause = cause.getCause()) {
            if (cause instanceof ApiException) {
                return true;
            }
        }
        return false;
    }
}

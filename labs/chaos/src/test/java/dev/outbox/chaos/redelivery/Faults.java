package dev.outbox.chaos.redelivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What goes wrong in a handler, as often as its event says. The count is in memory: in another process, or after a restart,
 * the event fails as often again. Thread-safe.
 */
class Faults {

    private final JdbcClient jdbc;
    private final boolean fixed;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    /**
     * @param fixed whether nothing goes wrong any more
     */
    Faults(JdbcClient jdbc, boolean fixed) {
        this.jdbc = jdbc;
        this.fixed = fixed;
    }

    /** Fails, now and then in a way that leaves the transaction unusable. */
    void strike(String consumer, AccountChanged event) {
        if (fixed || event.failures() == 0) {
            return;
        }
        int count = failures.merge(consumer + event.change(), 1, Integer::sum);
        if (count > event.failures()) {
            return;
        }
        if (count % 2 == 0) {
            jdbc.sql("select 1 / 0").query(Integer.class).single();
        }
        throw new IllegalStateException("Failure number %d of %s".formatted(count, event));
    }
}

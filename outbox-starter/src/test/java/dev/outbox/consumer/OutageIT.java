package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.stock.Disturbance;
import dev.outbox.stock.JdbcStock;
import dev.outbox.stock.OrderTopic;
import dev.outbox.stock.StockRows;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The database goes away while an event is handled. */
@SpringBootTest(
        classes = {JdbcStock.class, OutageIT.OwnDatabase.class},
        properties = {
            "outbox.packages=dev.outbox.stock",
            "outbox.topics.Order=orders.inbox-outage",
            "outbox.inbox.group=inbox-outage",
            "outbox.inbox.failure.attempts=2",
            "outbox.inbox.failure.initial-interval=5ms",
            "outbox.inbox.failure.max-interval=20ms",
            "spring.datasource.hikari.connection-timeout=2000"
        })
class OutageIT {

    private static final Duration DEADLINE = Patience.LIMIT;
    private static final String AWAY = "test_away";
    private static final String OBJECT_IN_USE = "55006";

    @Autowired
    private StockRows rows;

    @Autowired
    private Disturbance disturbance;

    @Autowired
    private OrderTopic topic;

    @Autowired
    private ParkedInboxEvents parked;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private HikariDataSource pool;

    @Autowired
    private TestDatabase ownDatabase;

    @Autowired
    private MeterRegistry registry;

    @Autowired
    private HealthIndicator outboxInboxHealthIndicator;

    @Test
    void theEventIsTriedUntilTheDatabaseIsBackAndNoneOfItsAttemptsIsUsedUp() {
        String order = "order-" + UUID.randomUUID();
        String database =
                jdbc.sql("select current_database()").query(String.class).single();
        CompletableFuture<Void> away = new CompletableFuture<>();
        disturbance.interrupt(order, () -> {
            if (disturbance.attempts(order) == 1) {
                takeAway(database);
                away.complete(null);
            }
            if (disturbance.attempts(order) <= 2) {
                throw new IllegalStateException("says nothing about its cause");
            }
        });
        topic.sendOrder(order, UUID.randomUUID().toString());
        assertThat(away).succeedsWithin(DEADLINE);
        await().atMost(DEADLINE).until(() -> outages() > 0);
        assertThat(outboxInboxHealthIndicator.health())
                .extracting(Health::getStatus)
                .isEqualTo(Status.UP);
        rename(AWAY, database);
        // The pool of the service, which this thread reads by, comes back when it can.
        await().atMost(DEADLINE)
                .ignoreExceptions()
                .until(() -> !rows.reserved(order).isEmpty());
        assertThat(rows.reserved(order)).containsExactly("tea");
        assertThat(disturbance.attempts(order)).isEqualTo(3);
        assertThat(parked.keys(10)).isEmpty();
    }

    private JdbcClient outside() {
        return JdbcClient.create(ownDatabase.fromOutside());
    }

    private double outages() {
        return registry.get("outbox.inbox.outages").counter().count();
    }

    /**
     * Takes the name from the database. PostgreSQL refuses that as long as anyone is connected to it or about to be, so behind it
     * no connection is left, not even one that the pool was opening meanwhile.
     */
    private void takeAway(String database) {
        await().atMost(DEADLINE).ignoreExceptionsMatching(OutageIT::isInUse).until(() -> {
            outside()
                    .sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = ?")
                    .param(database)
                    .query(Long.class)
                    .single();
            rename(database, AWAY);
            return true;
        });
        // The pool lends a connection that was used a moment ago without a look at it.
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    private static boolean isInUse(Throwable failure) {
        return failure instanceof DataAccessException refused
                && refused.getMostSpecificCause() instanceof SQLException cause
                && OBJECT_IN_USE.equals(cause.getSQLState());
    }

    private void rename(String from, String to) {
        outside().sql("alter database %s rename to %s".formatted(from, to)).update();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnDatabase {

        @Bean(destroyMethod = "close")
        TestDatabase ownDatabase() {
            return TestDatabase.create();
        }

        @Bean
        @Primary
        JdbcConnectionDetails ownConnectionDetails(TestDatabase ownDatabase) {
            return new JdbcConnectionDetails() {
                @Override
                public String getUsername() {
                    return ownDatabase.user();
                }

                @Override
                public String getPassword() {
                    return ownDatabase.password();
                }

                @Override
                public String getJdbcUrl() {
                    return ownDatabase.jdbcUrl();
                }
            };
        }
    }
}

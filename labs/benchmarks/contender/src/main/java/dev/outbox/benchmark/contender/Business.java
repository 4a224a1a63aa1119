package dev.outbox.benchmark.contender;

import com.zaxxer.hikari.HikariDataSource;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The business that raises events: an account changes, and counts its changes.
 *
 * @param jdbc joins the current transaction
 * @param transaction how a transaction is made
 * @param changes changes the account of an event in the current transaction, and says how often it has been changed
 */
public record Business(JdbcClient jdbc, TransactionTemplate transaction, ToLongFunction<BenchmarkEvent> changes) {

    private static final String CHANGE = "update account set changes = changes + 1 where id = :id returning changes";

    /** {@return the business of a Spring application} */
    public static Business of(DataSource dataSource, PlatformTransactionManager transactions) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        return new Business(
                jdbc,
                new TransactionTemplate(transactions),
                event -> jdbc.sql(CHANGE)
                        .param("id", event.key())
                        .query(Long.class)
                        .single());
    }

    /** {@return the business of an application without Spring, on the same pool that Spring Boot would make} */
    public static Business of(HikariDataSource dataSource) {
        return of(dataSource, new JdbcTransactionManager(dataSource));
    }

    /**
     * Changes an account in the current transaction.
     *
     * @return the number of the change
     */
    public long change(BenchmarkEvent event) {
        return changes.applyAsLong(event);
    }
}

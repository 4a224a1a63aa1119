package dev.outbox.benchmark.contender;

import com.zaxxer.hikari.HikariDataSource;
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
 */
public record Business(JdbcClient jdbc, TransactionTemplate transaction) {

    private static final String CHANGE = "update account set changes = changes + 1 where id = :id returning changes";

    /** {@return the business of a Spring application} */
    public static Business of(DataSource dataSource, PlatformTransactionManager transactions) {
        return new Business(JdbcClient.create(dataSource), new TransactionTemplate(transactions));
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
        return jdbc.sql(CHANGE).param("id", event.key()).query(Long.class).single();
    }
}

package dev.outbox.datasource;

import dev.outbox.setup.OutboxDataSources;
import dev.outbox.setup.OutboxSetupException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Holds the DataSource of outbox and inbox, and knows the transaction manager on it. Not a DataSource itself: for the service,
 * its own stay what they are. Thread-safe.
 */
public final class OutboxDatabase {

    private final ListableBeanFactory beans;
    private final Environment environment;

    OutboxDatabase(ListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    /**
     * {@return its DataSource: the one under which transaction managers bind its connections, so that what is written through it
     * in a transaction is written on the connection of that transaction}
     *
     * @throws OutboxSetupException if there is none, or nothing says which of several it is
     */
    public DataSource dataSource() {
        return JdbcManagedDataSource.bound(OutboxDataSources.choose(beans, environment));
    }

    /**
     * {@return the transaction manager on this DataSource, of several the primary one. Where none says what it is on, as one of
     * JTA, the only or primary one}
     *
     * @throws OutboxSetupException if there is none, or nothing says which of several it is
     */
    public PlatformTransactionManager transactionManager() {
        List<PlatformTransactionManager> all =
                beans.getBeanProvider(PlatformTransactionManager.class).stream().toList();
        PlatformTransactionManager preferred =
                beans.getBeanProvider(PlatformTransactionManager.class).getIfUnique();
        if (preferred != null
                && (isWithoutDataSource() || ManagedDataSource.of(preferred).isUnknown())) {
            return preferred;
        }
        DataSource dataSource = dataSource();
        List<PlatformTransactionManager> ours = all.stream()
                .filter(manager -> ManagedDataSource.of(manager).is(dataSource))
                .toList();
        if (ours.size() == 1) {
            return ours.get(0);
        }
        if (preferred != null && ours.contains(preferred)) {
            return preferred;
        }
        throw new OutboxSetupException(
                "There is not exactly one transaction manager on the DataSource of the outbox, but %d, of %d in all"
                        .formatted(ours.size(), all.size()),
                "Define a JdbcTransactionManager or JpaTransactionManager bean on that DataSource, and mark one as @Primary if"
                        + " there are several; %s says which DataSource it is.".formatted(OutboxDataSources.QUALIFIER));
    }

    /**
     * Sees that events can be raised.
     *
     * @throws OutboxSetupException if no transaction manager works on this DataSource, and each says so
     */
    public void requireTransactionManager() {
        DataSource dataSource = dataSource();
        boolean mayWork = beans.getBeanProvider(PlatformTransactionManager.class).stream()
                .map(ManagedDataSource::of)
                .anyMatch(managed -> managed.isUnknown() || managed.is(dataSource));
        if (!mayWork) {
            throw new OutboxSetupException(
                    "No transaction manager works on the DataSource of the outbox, so that no event could be raised",
                    "Define a JdbcTransactionManager or JpaTransactionManager bean on that DataSource. Spring Boot defines none"
                            + " beside another one, as with spring.kafka.producer.transaction-id-prefix and JDBC. A"
                            + " LazyConnectionDataSourceProxy is another DataSource than the one behind it. "
                            + OutboxDataSources.QUALIFIER
                            + " says which DataSource it is.");
        }
    }

    /** A service with a guard of its own may keep what it has applied elsewhere. */
    private boolean isWithoutDataSource() {
        return beans.getBeanNamesForType(DataSource.class, true, false).length == 0;
    }
}

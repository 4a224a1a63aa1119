package dev.outbox.internal.datasource;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.OutboxDataSources;
import dev.outbox.internal.setup.OutboxSetupException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Holds the DataSource of outbox and inbox, and knows its transaction manager. It is not a DataSource itself, so it does not
 * affect the service's own DataSources. Thread-safe.
 */
public final class OutboxDatabase {

    private static final Logger log = LoggerFactory.getLogger(OutboxDatabase.class);

    private final ListableBeanFactory beans;
    private final Environment environment;
    private @Nullable DatabaseProduct product;

    OutboxDatabase(ListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    /**
     * {@return the DataSource under which transaction managers bind its connections, so a write through it in a transaction
     * uses the connection of that transaction}
     *
     * @throws OutboxSetupException if there is none, or if there are several and nothing says which one it is
     */
    public DataSource dataSource() {
        return JdbcManagedDataSource.bound(OutboxDataSources.choose(beans, environment));
    }

    /** {@return whether transactions on the given DataSource are on this one} */
    public boolean isOn(DataSource other) {
        return JdbcManagedDataSource.bound(other) == dataSource();
    }

    /**
     * {@return the database behind this DataSource} It is asked for once.
     *
     * @throws OutboxSetupException if the outbox does not work on it, or it cannot be reached
     */
    public synchronized DatabaseProduct product() {
        DatabaseProduct known = product;
        if (known == null) {
            known = DatabaseProduct.of(dataSource());
            product = known;
            if (known == DatabaseProduct.H2) {
                log.warn(
                        "The outbox is on H2, which is for development and tests. In production, use another database.");
            }
        }
        return known;
    }

    /**
     * {@return the transaction manager on this DataSource, or the primary one if there are several} If the only or primary
     * transaction manager does not say which DataSource it uses, such as one for JTA, it is that one.
     *
     * @throws OutboxSetupException if there is none, or if there are several and nothing says which one it is
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
                "The DataSource of the outbox must have exactly one transaction manager, but has %d, of %d in all"
                        .formatted(ours.size(), all.size()),
                "Define a JdbcTransactionManager or JpaTransactionManager bean on that DataSource, and mark one as @Primary if"
                        + " there are several; %s says which DataSource it is.".formatted(OutboxDataSources.QUALIFIER));
    }

    /**
     * Checks that events can be raised.
     *
     * @throws OutboxSetupException if no transaction manager works, or might work, on this DataSource
     */
    public void requireTransactionManager() {
        DataSource dataSource = dataSource();
        boolean mayWork = beans.getBeanProvider(PlatformTransactionManager.class).stream()
                .map(ManagedDataSource::of)
                .anyMatch(managed -> managed.isUnknown() || managed.is(dataSource));
        if (!mayWork) {
            throw new OutboxSetupException(
                    "No transaction manager works on the DataSource of the outbox, so no event could be raised",
                    "Define a JdbcTransactionManager or JpaTransactionManager bean on that DataSource. Spring Boot defines none"
                            + " if there is another one, for example with spring.kafka.producer.transaction-id-prefix and JDBC. A"
                            + " LazyConnectionDataSourceProxy is a different DataSource than the one behind it. "
                            + OutboxDataSources.QUALIFIER
                            + " says which DataSource it is.");
        }
    }

    /** A service with its own guard may record elsewhere what it has applied. */
    private boolean isWithoutDataSource() {
        return beans.getBeanNamesForType(DataSource.class, true, false).length == 0;
    }
}

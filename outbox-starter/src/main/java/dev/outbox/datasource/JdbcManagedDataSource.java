package dev.outbox.datasource;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.kafka.transaction.KafkaAwareTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.util.ClassUtils;

/**
 * What a transaction manager begins its transactions on.
 *
 * @param dataSource its DataSource, or null
 * @param isUnknown whether it does not say, as one of JTA
 */
record JdbcManagedDataSource(@Nullable DataSource dataSource, boolean isUnknown) {

    private static final boolean JPA = ClassUtils.isPresent(
            "org.springframework.orm.jpa.JpaTransactionManager", JdbcManagedDataSource.class.getClassLoader());

    static JdbcManagedDataSource of(PlatformTransactionManager manager) {
        if (manager instanceof DataSourceTransactionManager jdbc) {
            return new JdbcManagedDataSource(jdbc.getDataSource(), false);
        }
        if (JPA && Jpa.isJpa(manager)) {
            return new JdbcManagedDataSource(Jpa.dataSourceOf(manager), false);
        }
        boolean isOfSomethingElse =
                manager instanceof ResourceTransactionManager || manager instanceof KafkaAwareTransactionManager<?, ?>;
        return new JdbcManagedDataSource(null, !isOfSomethingElse);
    }

    boolean is(DataSource other) {
        return dataSource != null && target(dataSource) == target(other);
    }

    private static DataSource target(DataSource dataSource) {
        DataSource target =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        return target == null ? dataSource : target;
    }

    /** Loaded only where there is JPA. */
    private static final class Jpa {

        static boolean isJpa(PlatformTransactionManager manager) {
            return manager instanceof JpaTransactionManager;
        }

        static @Nullable DataSource dataSourceOf(PlatformTransactionManager manager) {
            return ((JpaTransactionManager) manager).getDataSource();
        }
    }
}

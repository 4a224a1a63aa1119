package dev.outbox.datasource;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.kafka.transaction.KafkaAwareTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.hibernate.HibernateTransactionManager;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.util.ClassUtils;

/** Looks into Spring's transaction managers, and into others as far as they tell their resource. */
final class JdbcManagedDataSource implements ManagedDataSource {

    private static final boolean JPA = ClassUtils.isPresent(
            "org.springframework.orm.jpa.JpaTransactionManager", JdbcManagedDataSource.class.getClassLoader());

    private enum Kind {

        /** Joins a transaction of its kind on that DataSource, and begins on a connection that JPA has bound there. */
        JDBC,
        /** Joins none, and binds its connection for others. */
        JPA,
        /** Does not say, as one of JTA. */
        UNKNOWN,
        OTHER
    }

    private final Kind kind;
    private final @Nullable DataSource dataSource;

    private JdbcManagedDataSource(Kind kind, @Nullable DataSource dataSource) {
        this.kind = kind;
        this.dataSource = dataSource == null ? null : bound(dataSource);
    }

    static JdbcManagedDataSource of(TransactionManager manager) {
        if (manager instanceof DataSourceTransactionManager jdbc) {
            return new JdbcManagedDataSource(Kind.JDBC, jdbc.getDataSource());
        }
        if (JPA && Jpa.isJpa(manager)) {
            return new JdbcManagedDataSource(Kind.JPA, Jpa.dataSourceOf(manager));
        }
        if (manager instanceof ResourceTransactionManager owner) {
            return owner.getResourceFactory() instanceof DataSource dataSource
                    ? new JdbcManagedDataSource(Kind.JDBC, dataSource)
                    : new JdbcManagedDataSource(Kind.OTHER, null);
        }
        return new JdbcManagedDataSource(
                manager instanceof KafkaAwareTransactionManager<?, ?> ? Kind.OTHER : Kind.UNKNOWN, null);
    }

    /**
     * {@return the DataSource under which a transaction manager on the given one binds its connection} Spring's transaction
     * managers look behind a {@link TransactionAwareDataSourceProxy}, and behind no other proxy.
     */
    static DataSource bound(DataSource dataSource) {
        DataSource target =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        return target == null ? dataSource : target;
    }

    @Override
    public boolean isUnknown() {
        return kind == Kind.UNKNOWN;
    }

    @Override
    public boolean is(DataSource other) {
        return dataSource != null && dataSource == bound(other);
    }

    @Override
    public boolean takesOver(DataSource other) {
        return kind == Kind.JDBC && is(other);
    }

    @Override
    public boolean isJoinedBy(ManagedDataSource other) {
        return kind == Kind.JDBC && dataSource != null && other.takesOver(dataSource);
    }

    /** Loaded only where there is JPA. */
    private static final class Jpa {

        static boolean isJpa(TransactionManager manager) {
            return manager instanceof JpaTransactionManager || manager instanceof HibernateTransactionManager;
        }

        static @Nullable DataSource dataSourceOf(TransactionManager manager) {
            return manager instanceof JpaTransactionManager jpa
                    ? jpa.getDataSource()
                    : ((HibernateTransactionManager) manager).getDataSource();
        }
    }
}

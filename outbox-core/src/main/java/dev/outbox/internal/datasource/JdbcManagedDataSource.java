package dev.outbox.internal.datasource;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.kafka.transaction.KafkaAwareTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.hibernate.HibernateTransactionManager;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;
import org.springframework.util.ClassUtils;

/** Inspects Spring's transaction managers, and others if they expose their resource. */
final class JdbcManagedDataSource implements ManagedDataSource {

    private static final boolean JPA = ClassUtils.isPresent(
            "org.springframework.orm.jpa.JpaTransactionManager", JdbcManagedDataSource.class.getClassLoader());

    private static final boolean KAFKA = ClassUtils.isPresent(
            "org.springframework.kafka.transaction.KafkaAwareTransactionManager",
            JdbcManagedDataSource.class.getClassLoader());

    private enum Kind {

        /** Joins a transaction of its own kind on that DataSource, and begins one on a connection that JPA has bound to it. */
        JDBC,
        /** Joins no transaction, and binds its connection for others to use. */
        JPA,
        /** Does not say which DataSource it uses, such as one for JTA. */
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
        return new JdbcManagedDataSource(KAFKA && Kafka.isKafka(manager) ? Kind.OTHER : Kind.UNKNOWN, null);
    }

    /**
     * {@return the DataSource under which a transaction manager on the given one binds its connection} Spring's transaction
     * managers unwrap a {@link TransactionAwareDataSourceProxy} and what says that it is the same resource as another, and no
     * other proxy.
     */
    static DataSource bound(DataSource dataSource) {
        DataSource target =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        return (DataSource)
                TransactionSynchronizationUtils.unwrapResourceIfNecessary(target == null ? dataSource : target);
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

    /** Loaded only if Spring Kafka is present. */
    private static final class Kafka {

        static boolean isKafka(TransactionManager manager) {
            return manager instanceof KafkaAwareTransactionManager<?, ?>;
        }
    }

    /** Loaded only if JPA is present. */
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

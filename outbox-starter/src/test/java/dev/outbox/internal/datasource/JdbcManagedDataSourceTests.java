package dev.outbox.internal.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.hibernate.HibernateTransactionManager;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.jta.JtaTransactionManager;

/** Which transaction managers work on the same connection. */
class JdbcManagedDataSourceTests {

    private final DataSource pool = new SimpleDriverDataSource();
    private final DataSource aware = new TransactionAwareDataSourceProxy(pool);
    private final DataSource lazy = new LazyConnectionDataSourceProxy(pool);

    @Test
    void behindAProxyThatIsAwareOfTransactionsIsTheDataSourceItself() {
        assertThat(of(new JdbcTransactionManager(aware)).is(pool)).isTrue();
        assertThat(of(new JdbcTransactionManager(pool)).is(aware)).isTrue();
        assertThat(of(jpa(aware)).is(pool)).isTrue();
        assertThat(JdbcManagedDataSource.bound(aware)).isSameAs(pool);
    }

    @Test
    void aLazyProxyIsAnotherDataSourceThanTheOneBehindIt() {
        assertThat(of(new JdbcTransactionManager(lazy)).is(pool)).isFalse();
        assertThat(of(new JdbcTransactionManager(pool)).is(lazy)).isFalse();
        assertThat(of(new JdbcTransactionManager(new TransactionAwareDataSourceProxy(lazy)))
                        .is(lazy))
                .isTrue();
    }

    @Test
    void twoForJdbcShareATransaction() {
        assertThat(of(new JdbcTransactionManager(pool)).isJoinedBy(of(new JdbcTransactionManager(aware))))
                .isTrue();
        assertThat(of(new JdbcTransactionManager(pool))
                        .isJoinedBy(of(new JdbcTransactionManager(new SimpleDriverDataSource()))))
                .isFalse();
    }

    /** It begins a transaction of its own on the connection of JPA's, and commits both. */
    @Test
    void oneForJdbcInsideOneOfJpaTakesOverItsConnectionAndDoesNotJoin() {
        assertThat(of(jpa(pool)).isJoinedBy(of(new JdbcTransactionManager(pool))))
                .isFalse();
        assertThat(of(new JdbcTransactionManager(pool)).isJoinedBy(of(jpa(pool))))
                .isFalse();
        assertThat(of(new JdbcTransactionManager(pool)).takesOver(aware)).isTrue();
        assertThat(of(jpa(pool)).takesOver(pool)).isFalse();
    }

    @Test
    void oneOfHibernateIsLikeOneOfJpa() {
        HibernateTransactionManager hibernate = new HibernateTransactionManager();
        hibernate.setDataSource(aware);
        assertThat(of(hibernate).is(pool)).isTrue();
        assertThat(of(hibernate).takesOver(pool)).isFalse();
    }

    @Test
    void oneOfJtaDoesNotSay() {
        assertThat(of(new JtaTransactionManager()).isUnknown()).isTrue();
        assertThat(of(new JdbcTransactionManager(pool)).isUnknown()).isFalse();
    }

    private static ManagedDataSource of(TransactionManager manager) {
        return ManagedDataSource.of(manager);
    }

    private static JpaTransactionManager jpa(DataSource dataSource) {
        JpaTransactionManager manager = new JpaTransactionManager();
        manager.setDataSource(dataSource);
        return manager;
    }
}

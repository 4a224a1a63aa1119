package dev.outbox.producer;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.bank.Account;
import dev.outbox.bank.BankApplication;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.provider.Arguments;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jpa.EntityManagerFactoryBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * The matrix where the DataSource bean is one of Spring's proxies: behind one that is aware of transactions the managers bind
 * the target, a lazy one is another DataSource than its target.
 */
class ProxiedDataSourceIT {

    @Nested
    @SpringBootTest(classes = {BankApplication.class, TransactionMatrixIT.Managers.class, Pool.class, Aware.class})
    class AwareOfTransactionsForAll extends Proxied {}

    @Nested
    @SpringBootTest(
            classes = {
                BankApplication.class,
                TransactionMatrixIT.Managers.class,
                Pool.class,
                Aware.class,
                JpaOnThePool.class
            })
    class AwareOfTransactionsButNotForJpa extends Proxied {}

    @Nested
    @SpringBootTest(classes = {BankApplication.class, TransactionMatrixIT.Managers.class, Pool.class, Lazy.class})
    class LazyForAll extends Proxied {}

    @Nested
    @SpringBootTest(
            classes = {
                BankApplication.class,
                TransactionMatrixIT.Managers.class,
                Pool.class,
                Lazy.class,
                JpaOnThePool.class
            })
    class LazyButNotForJpa extends Proxied {

        static Stream<Arguments> pairs() {
            return Stream.of(Manager.JPA, Manager.JDBC)
                    .flatMap(outer -> Stream.of(Manager.JPA, Manager.JDBC)
                            .flatMap(inner ->
                                    PROPAGATIONS.stream().map(propagation -> Arguments.of(outer, inner, propagation))));
        }

        @Override
        boolean isOnTheOutbox(Manager manager) {
            return manager == Manager.JDBC;
        }
    }

    /** Of each kind of end one: which they are makes no difference to the connection. */
    abstract static class Proxied extends TransactionMatrixIT {

        @Override
        List<Around> arounds() {
            return List.of(Around.NOTHING, Around.VIEW);
        }

        @Override
        List<End> outerEnds() {
            return List.of(End.COMMIT, End.PARTICIPANT_FAILS_BEFORE_COMMIT, End.EXCEPTION);
        }

        @Override
        List<End> innerEnds() {
            return List.of(End.COMMIT, End.EXCEPTION);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Pool {

        @Bean
        HikariDataSource pool(JdbcConnectionDetails server) {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(server.getJdbcUrl());
            pool.setUsername(server.getUsername());
            pool.setPassword(server.getPassword());
            return pool;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Aware {

        @Bean
        @Primary
        DataSource aware(HikariDataSource pool) {
            return new TransactionAwareDataSourceProxy(pool);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Lazy {

        @Bean
        @Primary
        DataSource lazy(HikariDataSource pool) {
            return new LazyConnectionDataSourceProxy(pool);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class JpaOnThePool {

        @Bean
        LocalContainerEntityManagerFactoryBean entityManagerFactory(
                EntityManagerFactoryBuilder builder, HikariDataSource pool) {
            return builder.dataSource(pool).packages(Account.class).build();
        }
    }
}

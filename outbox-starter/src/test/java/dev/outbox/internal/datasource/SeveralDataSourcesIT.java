package dev.outbox.internal.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.bank.BalanceChanged;
import dev.outbox.datasource.OutboxDataSource;
import dev.outbox.embedded.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two databases in one service, none of them primary. */
class SeveralDataSourcesIT {

    private final TestDatabase orders = TestDatabase.create();
    private final TestDatabase reporting = TestDatabase.create();

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withPropertyValues(
                    "spring.application.name=bank", "spring.flyway.enabled=false", "outbox.packages=dev.outbox.bank")
            .withBean("reporting", DataSource.class, reporting::dataSource);

    @AfterEach
    void drop() {
        orders.close();
        reporting.close();
    }

    @Test
    void aPropertyNamesTheOneThatHoldsTheOutbox() {
        service.withBean("orders", DataSource.class, orders::dataSource)
                .withUserConfiguration(Transactions.class)
                .withPropertyValues("outbox.datasource.qualifier=orders")
                .run(this::publishesBesideTheOrders);
    }

    @Test
    void anAnnotationMarksTheOneThatHoldsTheOutbox() {
        service.withBean(TestDatabase.class, () -> orders)
                .withUserConfiguration(Transactions.class, MarkedOrders.class)
                .run(this::publishesBesideTheOrders);
    }

    @Test
    void aNameThatFitsNoneStopsTheStart() {
        service.withBean("orders", DataSource.class, orders::dataSource)
                .withUserConfiguration(Transactions.class)
                .withPropertyValues("outbox.datasource.qualifier=order")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("outbox.datasource.qualifier is 'order'")
                        .hasStackTraceContaining("there are [orders, reporting]"));
    }

    private void publishesBesideTheOrders(AssertableApplicationContext context) {
        assertThat(context).hasNotFailed();
        assertThat(context.getBean(OutboxDatabase.class).transactionManager())
                .isSameAs(context.getBean("ordersTransactions"));
        new TransactionTemplate(context.getBean("ordersTransactions", PlatformTransactionManager.class))
                .executeWithoutResult(status -> context.publishEvent(new BalanceChanged("a", 1)));
        assertThat(JdbcClient.create(orders.dataSource())
                        .sql("select count(*) from outbox_event")
                        .query(Integer.class)
                        .single())
                .isOne();
        assertThat(JdbcClient.create(reporting.dataSource())
                        .sql("select count(*) from pg_tables where tablename ~ '^(outbox|inbox)_'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
    static class Transactions {

        @Bean
        PlatformTransactionManager ordersTransactions(@Qualifier("orders") DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        PlatformTransactionManager reportingTransactions(@Qualifier("reporting") DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class MarkedOrders {

        @Bean
        @OutboxDataSource
        DataSource orders(TestDatabase database) {
            return database.dataSource();
        }
    }
}

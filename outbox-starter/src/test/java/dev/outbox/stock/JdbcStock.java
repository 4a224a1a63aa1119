package dev.outbox.stock;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The service on a plain JDBC transaction manager. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
@Import(Stock.class)
public class JdbcStock {

    @Bean
    Reservations reservations(JdbcClient jdbc, PlatformTransactionManager transactions) {
        // In a transaction, as the pool's connections may not commit by themselves.
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> jdbc.sql("""
                create table if not exists reservation (
                    id bigint generated always as identity primary key, order_id text, article text)
                """).update());
        return (orderId, article) -> jdbc.sql("insert into reservation (order_id, article) values (?, ?)")
                .params(orderId, article)
                .update();
    }
}

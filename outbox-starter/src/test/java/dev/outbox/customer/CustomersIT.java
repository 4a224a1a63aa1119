package dev.outbox.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.TestPostgres;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the documentation shows of publishing by JDBC does what it says there. */
@SpringBootTest(properties = "outbox.packages=dev.outbox.customer")
class CustomersIT {

    @Autowired
    private Customers customers;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void theChangeAndTheEventAreStoredTogetherWithTheHeaderOfTheService() {
        UUID id = UUID.randomUUID();
        jdbc.sql("create table customer (id uuid, name text)").update();
        jdbc.sql("insert into customer values (?, 'Ada')").param(id).update();

        customers.rename(id, "Ada Lovelace");

        assertThat(jdbc.sql("select name from customer").query(String.class).single())
                .isEqualTo("Ada Lovelace");
        assertThat(jdbc.sql("""
                        select concat_ws(' ', type, aggregateid, headers ->> 'tenant', convert_from(payload, 'UTF8'))
                        from outbox_event
                        """).query(String.class).list())
                .containsExactly(
                        "CustomerRenamed %s north {\"customer\":\"%s\",\"name\":\"Ada Lovelace\"}".formatted(id, id));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
    @Import({TestPostgres.class, CustomerConfiguration.class})
    static class CustomerApplication {}
}

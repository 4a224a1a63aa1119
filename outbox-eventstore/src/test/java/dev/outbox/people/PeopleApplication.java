package dev.outbox.people;

import dev.outbox.embedded.TestPostgres;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A service with events about people. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({TestPostgres.class, Farewell.class})
public class PeopleApplication {

    @Bean
    AddressBook addressBook(DataSource dataSource) {
        JdbcClient.create(dataSource)
                .sql("create table person (id text primary key, name text)")
                .update();
        return new AddressBook(dataSource);
    }
}

package com.example.greetings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A slice with the database of {@code outbox-devservices}, and without its broker. */
@JdbcTest(properties = "spring.test.database.replace=none")
class GreetingsSliceIT {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ApplicationContext context;

    @Test
    void hasItsDatabaseAndStartsNoBroker() {
        assertThat(jdbc.sql("select current_database()").query(String.class).single())
                .startsWith("dev_");
        assertThat(context.getBeanDefinitionNames())
                .contains("outboxDevDatabase")
                .doesNotContain("outboxDevBroker");
    }
}

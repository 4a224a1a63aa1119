package com.example.greetings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.devservices.DevKafkaAutoConfiguration;
import dev.outbox.devservices.DevPostgresAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;

/** No container is started here, and no server: nothing is made before somebody asks for it. */
class ServiceConnectionTests {

    @Test
    void containersComeBeforeTheServersOfDevServices() {
        new ApplicationContextRunner()
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withUserConfiguration(Containers.class)
                .withConfiguration(AutoConfigurations.of(
                        DevPostgresAutoConfiguration.class,
                        DevKafkaAutoConfiguration.class,
                        ServiceConnectionAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasSingleBean(JdbcConnectionDetails.class)
                        .hasSingleBean(KafkaConnectionDetails.class)
                        .doesNotHaveBean("outboxDevDatabase")
                        .doesNotHaveBean("outboxDevBroker"));
    }
}

package dev.outbox.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.TestDatabase;
import dev.outbox.embedded.TestPostgres;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

class SchemaIT {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withUserConfiguration(TestPostgres.class)
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    JdbcClientAutoConfiguration.class,
                    FlywayAutoConfiguration.class,
                    SchemaAutoConfiguration.class))
            .withPropertyValues("spring.flyway.locations=classpath:schema-it");

    /** The service's own migration refers to a table of ours, in a schema that Flyway found empty but for us. */
    @Test
    void makesItsTablesBeforeTheServiceMakesItsOwn() {
        service.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(count(context.getBean(JdbcClient.class), "outbox_schema_history"))
                    .isPositive();
            assertThat(count(context.getBean(JdbcClient.class), "published_events"))
                    .isZero();
        });
    }

    @Test
    void leavesTheTablesToTheDbaIfToldSo() {
        service.withPropertyValues("outbox.schema.migrate=false", "spring.flyway.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(OutboxSchema.class));
    }

    @Test
    void aFlywayOnAnotherDatabaseKeepsItsRefusals() {
        try (TestDatabase reporting = TestDatabase.create()) {
            JdbcClient.create(reporting.dataSource())
                    .sql("create table of_somebody (id int)")
                    .update();
            service.withBean(TestDatabase.class, () -> reporting)
                    .withUserConfiguration(Reporting.class)
                    .run(context -> assertThat(context).getFailure().hasStackTraceContaining("Found non-empty schema"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Reporting {

        @Bean(defaultCandidate = false)
        @FlywayDataSource
        DataSource reporting(TestDatabase database) {
            return database.dataSource();
        }
    }

    private static int count(JdbcClient jdbc, String table) {
        return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
    }
}

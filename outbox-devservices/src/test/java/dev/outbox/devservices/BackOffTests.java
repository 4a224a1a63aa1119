package dev.outbox.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.List;
import javax.sql.DataSource;
import kafka.Kafka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** When the servers are left alone. Nothing is started here: no bean is made before somebody asks for it. */
class BackOffTests {

    private static final String DATABASE = "outboxDevDatabase";
    private static final String BROKER = "outboxDevBroker";

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DevPostgresAutoConfiguration.class,
                    DevKafkaAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    KafkaAutoConfiguration.class))
            .withInitializer(
                    context -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()));

    @Test
    void anApplicationThatNamesNoServerHasBoth() {
        application.run(context -> {
            has(context, DATABASE, BROKER);
            assertThat(context)
                    .hasSingleBean(JdbcConnectionDetails.class)
                    .hasSingleBean(KafkaConnectionDetails.class)
                    .hasSingleBean(DataSource.class);
        });
    }

    @Test
    void noServerIsStartedIfTheyAreSwitchedOff() {
        application.withPropertyValues("outbox.devservices.enabled=false").run(BackOffTests::has);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring.datasource.url=jdbc:postgresql://db/orders", "spring.datasource.jndi-name=orders"})
    void aDatabaseThatIsNamedIsUsed(String property) {
        application.withPropertyValues(property).run(context -> has(context, BROKER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.kafka.bootstrap-servers=broker:9092",
                "spring.kafka.bootstrap-servers[0]=broker:9092",
                "spring.kafka.bootstrapServers=broker:9092",
                "spring.kafka.consumer.bootstrap-servers=broker:9092",
                "spring.kafka.producer.bootstrap-servers=broker:9092",
                "spring.kafka.streams.bootstrap-servers=broker:9092",
                "spring.kafka.properties.bootstrap.servers=broker:9092"
            })
    void aBrokerThatIsNamedIsUsed(String property) {
        application.withPropertyValues(property).run(context -> has(context, DATABASE));
    }

    @Test
    void anEmptyPropertyNamesNoServer() {
        application
                .withPropertyValues("spring.datasource.url=", "spring.kafka.bootstrap-servers=")
                .run(context -> has(context, DATABASE, BROKER));
    }

    @Test
    void aDatabaseThatSomethingElseConnectsToIsUsed() {
        application.withBean(JdbcConnectionDetails.class, OtherDatabase::new).run(context -> has(context, BROKER));
    }

    @Test
    void aDataSourceOfTheApplicationIsUsed() {
        application.withBean(DataSource.class, PGSimpleDataSource::new).run(context -> has(context, BROKER));
    }

    @Test
    void aBrokerThatSomethingElseConnectsToIsUsed() {
        application
                .withBean(KafkaConnectionDetails.class, () -> () -> List.of("broker:9092"))
                .run(context -> has(context, DATABASE));
    }

    @ParameterizedTest
    @ValueSource(classes = {JdbcConnectionDetails.class, EmbeddedPostgres.class})
    void aServiceWithoutJdbcHasNoDatabase(Class<?> missing) {
        application.withClassLoader(new FilteredClassLoader(missing)).run(context -> has(context, BROKER));
    }

    @ParameterizedTest
    @ValueSource(classes = {KafkaConnectionDetails.class, Kafka.class})
    void aServiceWithoutKafkaHasNoBroker(Class<?> missing) {
        application.withClassLoader(new FilteredClassLoader(missing)).run(context -> has(context, DATABASE));
    }

    @Test
    void whatCannotBeAPortIsRefused() {
        application
                .withPropertyValues("outbox.devservices.postgres.port=70000")
                .run(context -> assertThat(refusal(context, DATABASE))
                        .hasRootCauseMessage("outbox.devservices.postgres.port is not a port: 70000"));
        application
                .withPropertyValues("outbox.devservices.kafka.port=-1")
                .run(context -> assertThat(refusal(context, BROKER))
                        .hasRootCauseMessage("outbox.devservices.kafka.port is not a port: -1"));
    }

    @Test
    void whatCannotBeADatabaseIsRefused() {
        application
                .withPropertyValues("outbox.devservices.postgres.database=my orders")
                .run(context -> assertThat(refusal(context, DATABASE))
                        .rootCause()
                        .hasMessageContainingAll("outbox.devservices.postgres.database", "'my orders'"));
    }

    private static Throwable refusal(AssertableApplicationContext context, String bean) {
        try {
            context.getBean(bean);
            throw new AssertionError("made");
        } catch (RuntimeException refused) {
            return refused;
        }
    }

    private static void has(AssertableApplicationContext context, String... servers) {
        assertThat(context.getBeanDefinitionNames())
                .filteredOn(name -> name.equals(DATABASE) || name.equals(BROKER))
                .containsExactlyInAnyOrder(servers);
    }

    private static final class OtherDatabase implements JdbcConnectionDetails {

        @Override
        public String getUsername() {
            return "orders";
        }

        @Override
        public String getPassword() {
            return "secret";
        }

        @Override
        public String getJdbcUrl() {
            return "jdbc:postgresql://db/orders";
        }
    }
}

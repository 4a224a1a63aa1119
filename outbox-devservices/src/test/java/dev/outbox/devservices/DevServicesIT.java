package dev.outbox.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.outbox.devservices.internal.SharedServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

/** An application with Spring Boot's defaults that names no server. */
@ExtendWith(OutputCaptureExtension.class)
class DevServicesIT {

    @Test
    void theApplicationUsesBothServers() throws InterruptedException {
        try (ConfigurableApplicationContext context = start()) {
            JdbcClient database = context.getBean(JdbcClient.class);
            database.sql("create table note as select 'kept' as text").update();
            assertThat(texts(database)).containsExactly("kept");

            Application application = context.getBean(Application.class);
            application.kafka.send("notes", "sent").join();
            assertThat(application.received.poll(2, TimeUnit.MINUTES)).isEqualTo("sent");
        }
    }

    @Test
    void aLineSaysWhereEachServerListens(CapturedOutput output) {
        try (ConfigurableApplicationContext context = start()) {
            String url = context.getBean(JdbcConnectionDetails.class).getJdbcUrl();
            assertThat(output)
                    .containsOnlyOnce(
                            "PostgreSQL of outbox-devservices listens at " + url + ", user postgres, password postgres")
                    .containsOnlyOnce("Kafka of outbox-devservices listens at "
                            + SharedServers.kafka(0).bootstrapServers());
        }
    }

    @Test
    void eachContextHasADatabaseOfItsOwnThatGoesWithIt() {
        String dropped;
        try (ConfigurableApplicationContext one = start();
                ConfigurableApplicationContext other = start()) {
            dropped = nameOfDatabase(one);
            assertThat(dropped).isNotEqualTo(nameOfDatabase(other));
            assertThat(databases(other)).contains(dropped);
        }
        try (ConfigurableApplicationContext later = start()) {
            assertThat(databases(later)).doesNotContain(dropped);
        }
    }

    @Test
    void aDatabaseWithANameIsKeptForTheNextContext() {
        try (ConfigurableApplicationContext context = start("outbox.devservices.postgres.database=orders-dev")) {
            context.getBean(JdbcClient.class)
                    .sql("create table note as select 'still here' as text")
                    .update();
        }
        try (ConfigurableApplicationContext context = start("outbox.devservices.postgres.database=orders-dev")) {
            assertThat(texts(context.getBean(JdbcClient.class))).containsExactly("still here");
        }
    }

    @Test
    void aPortThatIsTakenStopsTheStartWithAFix(CapturedOutput output) throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            assertThat(catchThrowable(() -> start("outbox.devservices.postgres.port=" + other.getLocalPort())))
                    .isNotNull();
            assertThat(output)
                    .contains("APPLICATION FAILED TO START")
                    .contains("PostgreSQL cannot be started on port " + other.getLocalPort())
                    .contains("set outbox.devservices.postgres.port to another port");
            assertThat(catchThrowable(() -> start("outbox.devservices.kafka.port=" + other.getLocalPort())))
                    .isNotNull();
            assertThat(output)
                    .contains("Kafka cannot be started on port " + other.getLocalPort())
                    .contains("set outbox.devservices.kafka.port to another port");
        }
    }

    private static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .properties(properties)
                .properties(
                        "spring.kafka.consumer.group-id=readers",
                        "spring.kafka.consumer.auto-offset-reset=earliest",
                        "spring.kafka.consumer.properties.metadata.max.age.ms=500")
                .run();
    }

    private static List<String> texts(JdbcClient database) {
        return database.sql("select text from note").query(String.class).list();
    }

    private static String nameOfDatabase(ConfigurableApplicationContext context) {
        return context.getBean(JdbcClient.class)
                .sql("select current_database()")
                .query(String.class)
                .single();
    }

    private static Stream<String> databases(ConfigurableApplicationContext context) {
        return context.getBean(JdbcClient.class).sql("select datname from pg_database").query(String.class).stream();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final KafkaTemplate<String, String> kafka;

        Application(KafkaTemplate<String, String> kafka) {
            this.kafka = kafka;
        }

        @KafkaListener(topics = "notes")
        void on(String text) {
            received.add(text);
        }
    }
}

package dev.outbox.deploy;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.embedded.TestBroker;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.producer.Outbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionTemplate;

/** A service that publishes, relays and consumes, in this process, with the endpoint that Prometheus reads. */
final class WatchedService implements AutoCloseable {

    /** Of the service and of its first consumer. */
    static final String NAME = "watched";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    private WatchedService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it.
     *
     * @param properties {@code name=value}, instead of what it has otherwise or in addition to it
     */
    static WatchedService start(TestDatabase database, String... properties) {
        Map<String, String> all = new LinkedHashMap<>();
        Stream.concat(connections(database), Stream.of(properties))
                .map(property -> property.split("=", 2))
                .forEach(property -> all.put(property[0], property[1]));
        return new WatchedService(new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .run(all.entrySet().stream()
                        .map(property -> "--%s=%s".formatted(property.getKey(), property.getValue()))
                        .toArray(String[]::new)));
    }

    private static Stream<String> connections(TestDatabase database) {
        return Stream.of(
                "spring.application.name=" + NAME,
                "spring.datasource.url=" + database.jdbcUrl(),
                "spring.datasource.username=" + database.user(),
                "spring.datasource.password=" + database.password(),
                "spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                "spring.kafka.consumer.auto-offset-reset=earliest",
                "outbox.packages=dev.outbox.deploy",
                "server.port=0",
                "management.endpoints.web.exposure.include=prometheus",
                "logging.level.root=warn");
    }

    /** Raises an event. */
    void visit(String place) {
        visit(place, "");
    }

    /** Raises an event with a diary, which may be large. */
    void visit(String place, String diary) {
        Outbox outbox = bean(Outbox.class);
        bean(TransactionTemplate.class).executeWithoutResult(status -> outbox.publish(new Visited(place, diary)));
    }

    /** The one bean of a type. */
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** {@return what Prometheus would read now} */
    String scrape() {
        try {
            URI endpoint = URI.create("http://localhost:%s/actuator/prometheus"
                    .formatted(context.getEnvironment().getRequiredProperty("local.server.port")));
            return client.send(HttpRequest.newBuilder(endpoint).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Handlers.class)
    static class Application {}

    static class Handlers {

        /** Whether the first consumer fails with whatever it gets. */
        volatile boolean failing;

        /** Each event takes one. */
        volatile Semaphore permits = new Semaphore(Integer.MAX_VALUE);

        @DomainEventHandler
        public void visited(Visited event) throws InterruptedException {
            permits.acquire();
            if (failing) {
                throw new IllegalStateException("Nobody may visit " + event.place());
            }
        }

        @DomainEventHandler(consumer = "counting")
        public void counted(Visited event) {}
    }
}

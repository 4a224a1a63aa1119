package dev.outbox.console;

import dev.outbox.console.service.BookshopApplication;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.relay.sidecar.RelayApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sidecar with its console, or a service with one, and somebody who calls it. The name of each user is the one role that the user has. */
final class TestConsole implements AutoCloseable {

    static final List<String> USERS = List.of("viewer", "payload", "operator", "admin", "auditor");

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();

    private TestConsole(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static TestConsole start(MigratedDatabase database, String... properties) {
        List<String> all = new ArrayList<>(List.of(users()));
        all.addAll(List.of(properties));
        return startWithoutUsers(database, all.toArray(String[]::new));
    }

    private static String[] users() {
        List<String> users = new ArrayList<>();
        for (String user : USERS) {
            users.add("--outbox.console.users.%s.password={noop}secret-%s".formatted(user, user));
            users.add("--outbox.console.users.%s.roles=%s".formatted(user, user));
        }
        return users.toArray(String[]::new);
    }

    static TestConsole startWithoutUsers(MigratedDatabase database, String... properties) {
        return start(RelayApplication.class, "outbox-relay", database, properties);
    }

    /** A service that consumes orders of books, and has no relay. */
    static TestConsole startService(MigratedDatabase database, TestBooks books, String... properties) {
        List<String> all = new ArrayList<>(List.of(users()));
        all.addAll(List.of(books.service(properties)));
        return start(BookshopApplication.class, "service", database, all.toArray(String[]::new));
    }

    private static TestConsole start(
            Class<?> application, String configuration, MigratedDatabase database, String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                "--server.port=0",
                "--outbox.console.enabled=true",
                "--outbox.relay.lease.ttl=5m",
                "--outbox.relay.lease.save-interval=5ms",
                "--spring.main.log-startup-info=false",
                "--springdoc.api-docs.enabled=false",
                "--logging.level.root=warn"));
        for (String property : properties) {
            String name = property.substring(0, property.indexOf('=') + 1);
            all.removeIf(other -> other.startsWith(name));
            all.add(property);
        }
        return new TestConsole(new SpringApplicationBuilder(application)
                .properties("spring.config.name=" + configuration)
                .run(all.toArray(String[]::new)));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** Stops what publishes, and leaves the console. */
    void stopRelay() {
        bean("outboxRelayLoop", SmartLifecycle.class).stop();
    }

    URI address(String path) {
        return URI.create("http://localhost:%s%s"
                .formatted(context.getEnvironment().getRequiredProperty("local.server.port"), path));
    }

    Answer get(@Nullable String user, String path) {
        return send(request(user, path).GET());
    }

    Answer post(@Nullable String user, String path, String body, String... headers) {
        HttpRequest.Builder request =
                request(user, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(@Nullable String user, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path));
        if (user != null) {
            String credentials = user + ":secret-" + user;
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return request;
    }

    /** Waits until so many events are parked and not decided about, and for 0, until the last decision is carried out. */
    void awaitParked(int events) {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> get("viewer", "/outbox/api/parked/count")
                                .json()
                                .at("/events")
                                .asInt()
                        == events);
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> events > 0
                        || get("viewer", "/outbox/api/parked")
                                .json()
                                .at("/items")
                                .isEmpty());
    }

    @Override
    public void close() {
        context.close();
    }

    /** What was answered. */
    record Answer(HttpResponse<String> response, JsonMapper mapper) {

        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            return mapper.readTree(response.body());
        }
    }
}

package com.example.clinic;

import dev.outbox.embedded.TestBroker;
import dev.outbox.embedded.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the clinic, on a database of its own, as a test sets it up. */
final class PostgresClinic implements AutoCloseable {

    private final TestDatabase database = TestDatabase.create();

    TestDatabase database() {
        return database;
    }

    /** Without a server; a setting that comes later takes the place of an earlier one. */
    ConfigurableApplicationContext start(String... settings) {
        return startWith(ClinicApplication.class, settings);
    }

    /** As the application class would import it. */
    ConfigurableApplicationContext startWith(Class<?> configuration, String... settings) {
        return run(WebApplicationType.NONE, configuration, settings);
    }

    /** With a server on a port that is free. */
    ConfigurableApplicationContext startServer(String... settings) {
        return run(WebApplicationType.SERVLET, ClinicApplication.class, settings);
    }

    static HttpResponse<String> get(ConfigurableApplicationContext clinic, String path) {
        URI uri = URI.create("http://localhost:%s%s"
                .formatted(clinic.getEnvironment().getRequiredProperty("local.server.port"), path));
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("No answer from " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }

    private ConfigurableApplicationContext run(WebApplicationType type, Class<?> configuration, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "--spring.profiles.active=postgres",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                "--server.port=0"));
        for (String setting : settings) {
            String name = setting.substring(0, setting.indexOf('=') + 1);
            all.removeIf(earlier -> earlier.startsWith(name));
            all.add(setting);
        }
        return new SpringApplicationBuilder(ClinicApplication.class, configuration)
                .web(type)
                .run(all.toArray(String[]::new));
    }
}

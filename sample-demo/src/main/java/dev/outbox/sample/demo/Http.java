package dev.outbox.sample.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a service in JSON, as a user of its console or as nobody. */
final class Http {

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final JsonMapper json = new JsonMapper();
    private final URI url;
    private final @Nullable Operator user;

    Http(URI url, @Nullable Operator user) {
        this.url = url;
        this.user = user;
    }

    JsonNode get(String path) throws InterruptedException {
        return send(path, HttpRequest.newBuilder(url.resolve(path)).GET());
    }

    JsonNode post(String path, Object body) throws InterruptedException {
        return send(
                path,
                HttpRequest.newBuilder(url.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    private JsonNode send(String path, HttpRequest.Builder request) throws InterruptedException {
        if (user != null) {
            String credentials = user.name() + ":" + user.password();
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        try {
            HttpResponse<String> answer =
                    http.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        "%s%s answered %d: %s".formatted(url, path, answer.statusCode(), answer.body()));
            }
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

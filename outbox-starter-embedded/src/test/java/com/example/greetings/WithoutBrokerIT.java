package com.example.greetings;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.greetings.GreetingsApplication.Greetings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A service that publishes, relays and consumes, and has no broker: what its load balancer and its operators see. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=greetings",
            "spring.kafka.bootstrap-servers=localhost:1",
            "outbox.relay.check.timeout=1s",
            "outbox.relay.stuck-after=1s",
            "management.endpoints.web.exposure.include=health,outbox",
            "management.endpoint.health.show-details=always",
            "management.endpoint.health.group.everything.include=*"
        })
class WithoutBrokerIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Autowired
    private Greetings greetings;

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"health/liveness", "health/readiness", "health/everything", "health"})
    void itIsAliveAndReadyAndSaysThatTheRelayIsStuck(String health) throws Exception {
        greetings.greet("Ada");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> get("health").body().contains("\"outboxRelay\"")
                        && get("health").body().contains("\"STUCK\""));

        HttpResponse<String> answer = get(health);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void theEndpointShowsTheRelayAndTheInbox() throws Exception {
        Awaitility.await().atMost(PATIENCE).until(() -> get("outbox").body().contains("\"owner\":\"this\""));
        assertThat(get("outbox").body()).contains("\"inbox\":", "\"consumer\":\"greetings\"", "outbox.event.Greeting");
    }

    private HttpResponse<String> get(String endpoint) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:%d/actuator/%s".formatted(port, endpoint));
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}

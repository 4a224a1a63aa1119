package dev.outbox.relay.internal.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.relay.parking.RefusalPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.json.JsonParserFactory;

class RelayPropertiesTests {

    @Test
    void haveDefaults() {
        RelayProperties properties = bind(Map.of());

        assertThat(properties.lease().ttl()).isEqualTo(Duration.ofSeconds(5));
        assertThat(properties.page().rows()).isEqualTo(2000);
        assertThat(properties.page().bytes().toMegabytes()).isEqualTo(8);
        assertThat(properties.poll().maxInterval()).isEqualTo(Duration.ofMillis(450));
        assertThat(properties.drainTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({"poll, MARIADB", "tail, MYSQL", "tail, H2", "queue, POSTGRESQL"})
    void refuseAnEngineThatDoesNotWorkOnTheDatabase(String engine, DatabaseProduct product) {
        assertThatThrownBy(() -> bind(Map.of("outbox.relay.engine", engine)).requireEngineOf(product))
                .isInstanceOf(OutboxSetupException.class)
                .hasMessage("outbox.relay.engine is %s, which does not work on %s", engine, product.title());
    }

    @ParameterizedTest
    @CsvSource({"poll, POSTGRESQL", "tail, POSTGRESQL", "queue, MARIADB", "queue, H2"})
    void acceptAnEngineThatDoes(String engine, DatabaseProduct product) {
        bind(Map.of("outbox.relay.engine", engine)).requireEngineOf(product);
        bind(Map.of()).requireEngineOf(product);
    }

    @Test
    void nameThePolicyOfATypeElseTheDefault() {
        RelayProperties.Failure failure = bind(Map.of(
                        "outbox.relay.failure.policy", "stop", "outbox.relay.failure.types.PriceChanged", "skip"))
                .failure();

        assertThat(failure.of("PriceChanged")).isEqualTo(RefusalPolicy.SKIP);
        assertThat(failure.of("OrderPlaced")).isEqualTo(RefusalPolicy.STOP);
        assertThat(bind(Map.of()).failure().of("OrderPlaced")).isEqualTo(RefusalPolicy.PARK_KEY);
    }

    @Test
    void pollOftenEnoughToRenewALease() {
        RelayProperties.Poll rare = bind(Map.of(
                        "outbox.relay.poll.min-interval", "1m", "outbox.relay.poll.max-interval", "1h"))
                .poll();
        assertThat(rare.atMost(Duration.ofSeconds(2)).maxInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(rare.atMost(Duration.ofSeconds(2)).minInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(rare.atMost(Duration.ofHours(1))).isEqualTo(rare);
    }

    @ParameterizedTest
    @CsvSource({
        "lanes, 0",
        "lanes, 65",
        "lease.ttl, 499ms",
        "lease.save-interval, 0s",
        "page.rows, 0",
        "page.bytes, 0B",
        "page.in-flight, 0",
        "poll.min-interval, 0s",
        "poll.max-interval, 1ms",
        "poll.hint-coalescing, -1ms",
        "backoff.initial, 0s",
        "backoff.max, 99ms",
        "drain-timeout, -1s",
        "stuck-after, 0s"
    })
    void refuseWhatCannotWorkByName(String property, String value) {
        assertThatThrownBy(() -> bind(Map.of("outbox.relay." + property, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("outbox.relay." + property + " ");
    }

    @Test
    void areDescribedInTheMetadata() throws IOException {
        try (InputStream metadata =
                RelayProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            String json = new String(metadata.readAllBytes(), StandardCharsets.UTF_8);
            List<?> properties =
                    (List<?>) JsonParserFactory.getJsonParser().parseMap(json).get("properties");

            assertThat(properties)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(property -> assertThat((Map<?, ?>) property)
                            .extracting("description")
                            .asString()
                            .isNotBlank());
        }
    }

    private static RelayProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("outbox.relay", RelayProperties.class);
    }
}

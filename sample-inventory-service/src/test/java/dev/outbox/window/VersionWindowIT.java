package dev.outbox.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.window.earlier.EarlierShop;
import dev.outbox.window.later.LaterShop;
import dev.outbox.window.producer.Prices;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Three services, each with a database of its own, and a real broker: a producer of version 2 that publishes version 1 too,
 * a consumer that knows 1 and one that knows 2.
 */
@TestInstance(Lifecycle.PER_CLASS)
class VersionWindowIT {

    private static final Duration DEADLINE = Patience.LIMIT;

    private ConfigurableApplicationContext producer;
    private ConfigurableApplicationContext earlier;
    private ConfigurableApplicationContext later;

    @BeforeAll
    void deploy() {
        producer = start(Prices.class, "prices", "outbox.versions.also-publish.PriceChanged=1");
        earlier = start(EarlierShop.class, "earlier-shop", "outbox.relay.enabled=false");
        later = start(LaterShop.class, "later-shop", "outbox.relay.enabled=false");
    }

    @AfterAll
    void stop() {
        later.close();
        earlier.close();
        producer.close();
    }

    @Test
    void eachConsumerAppliesEachEventOnceInTheVersionThatItUnderstands() {
        Prices.Raising prices = producer.getBean(Prices.Raising.class);
        EarlierShop earlierShop = earlier.getBean(EarlierShop.class);
        LaterShop laterShop = later.getBean(LaterShop.class);

        prices.change("tea", 300, "CHF");
        prices.change("tea", 350, "USD");
        prices.change("end", 1, "EUR");
        await().atMost(DEADLINE)
                .until(() -> earlierShop.effects().contains("end 1")
                        && laterShop.effects().contains("end 1 EUR"));

        assertThat(earlierShop.effects()).containsExactly("tea 300", "tea 350", "end 1");
        assertThat(laterShop.effects()).containsExactly("tea 300 CHF", "tea 350 USD", "end 1 EUR");
        assertThat(laterShop.ids()).doesNotHaveDuplicates().isEqualTo(earlierShop.ids());
        assertThat(eventsIn(earlier)).isEqualTo(3);
        assertThat(eventsIn(later)).isEqualTo(3);
    }

    private static long eventsIn(ConfigurableApplicationContext consumer) {
        return consumer.getBean(JdbcClient.class)
                .sql("select count(*) from inbox_event")
                .query(Long.class)
                .single();
    }

    private static ConfigurableApplicationContext start(Class<?> service, String name, String property) {
        return new SpringApplicationBuilder(service)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.config.name=none",
                        "spring.application.name=" + name,
                        "spring.autoconfigure.exclude=org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
                                + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration,"
                                + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
                        property)
                .run();
    }
}

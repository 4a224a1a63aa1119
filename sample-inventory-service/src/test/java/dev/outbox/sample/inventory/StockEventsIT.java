package dev.outbox.sample.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.consumer.parking.ParkedInboxKey;
import dev.outbox.consumer.parking.ReleaseResult;
import dev.outbox.embedded.TestPostgres;
import dev.outbox.test.CapturedEvents;
import dev.outbox.test.EventDriver;
import dev.outbox.test.EventOnTopic;
import dev.outbox.test.OutboxTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service with its database and without a broker; the test says what is delivered, and how. */
@OutboxTest
@Import(TestPostgres.class)
class StockEventsIT {

    @Autowired
    private EventDriver driver;

    @Autowired
    private CapturedEvents events;

    @Autowired
    private ParkedInboxEvents parked;

    @Autowired
    private StockIntake intake;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void anOrderThatComesTwiceTakesStockOnce() {
        int before = available("french-press");
        EventOnTopic order = driver.event(order("french-press", 1));
        driver.deliver(order, order);
        assertThat(available("french-press")).isEqualTo(before - 1);
        assertThat(events).containsExactly(StockReserved.class);
    }

    @Test
    void theOrderThatComesFirstIsServedFirst() {
        int all = available("samovar");
        OrderPlaced placedFirst = order("samovar", all);
        OrderPlaced placedLast = order("samovar", all);
        driver.deliver(placedLast, placedFirst);
        assertThat(events).containsExactly(StockReserved.class, StockRejected.class);
        assertThat(events).hasOne(StockReserved.class).isEqualTo(new StockReserved(placedLast.orderId()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theGoldenSampleOfEachVersionHasTheSameEffect(int version) throws IOException {
        UUID id = UUID.randomUUID();
        int teapots = available("teapot");
        int cups = available("espresso-cup");
        driver.deliver(driver.event("OrderPlaced", version, id, sampleOf("OrderPlaced", version, id)));
        assertThat(available("teapot")).isEqualTo(teapots - 2);
        assertThat(available("espresso-cup")).isEqualTo(cups - 6);
        assertThat(events).hasOne(StockReserved.class).isEqualTo(new StockReserved(id));
    }

    @Test
    void anOrderThatIsCancelledGivesItsStockBack() {
        int before = available("french-press");
        OrderPlaced order = order("french-press", 3);
        driver.deliver(order, new OrderCancelled(order.orderId(), order.lines()));
        assertThat(available("french-press")).isEqualTo(before);
    }

    @Test
    void anOrderThatWasRejectedHasNothingToGiveBack() {
        int before = available("samovar");
        OrderPlaced order = order("samovar", before + 1);
        driver.deliver(order, new OrderCancelled(order.orderId(), order.lines()));
        assertThat(available("samovar")).isEqualTo(before);
    }

    @Test
    void anOrderForAnUnknownArticleIsParkedWithWhatFollowsUntilItIsReleased() {
        OrderPlaced order = order("kettle", 3);
        driver.deliver(order, new OrderCancelled(order.orderId(), order.lines()));
        assertThat(events).isEmpty();

        ParkedInboxKey key = parked.keys(1).get(0);
        assertThat(key.events()).isEqualTo(2);
        assertThat(key.reason()).contains("There is no article kettle");

        intake.takeIn("kettle", 5);
        assertThat(parked.release(key.key())).isEqualTo(new ReleaseResult(2, 0, null));
        assertThat(events).containsExactly(StockReserved.class);
        assertThat(available("kettle")).isEqualTo(5);
        assertThat(parked.keys(1)).isEmpty();
    }

    private static String sampleOf(String type, int version, UUID id) throws IOException {
        String sample = new ClassPathResource("META-INF/outbox/samples/%s.v%d.json".formatted(type, version))
                .getContentAsString(StandardCharsets.UTF_8);
        return sample.replace("0b5e2c7e-3f7a-4c1d-9a53-0d8f6f1f2b11", id.toString());
    }

    private static OrderPlaced order(String sku, int quantity) {
        return new OrderPlaced(UUID.randomUUID(), List.of(new OrderLines.Line(sku, quantity)), "EUR");
    }

    private int available(String sku) {
        return jdbc.sql("select available from stock_item where sku = ?")
                .param(sku)
                .query(Integer.class)
                .single();
    }
}

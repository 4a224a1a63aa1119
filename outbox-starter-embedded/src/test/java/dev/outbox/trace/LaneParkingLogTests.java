package dev.outbox.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.broker.UnpublishableEventException;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.parking.LaneParking;
import dev.outbox.relay.internal.parking.ParkingStore;
import dev.outbox.relay.parking.RefusalPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class LaneParkingLogTests {

    private final Logger logger = (Logger) LoggerFactory.getLogger(LaneParking.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    @ParameterizedTest
    @EnumSource(
            value = RefusalPolicy.class,
            names = {"PARK_KEY", "SKIP"})
    void aLineAboutAnEventSaysWhichOneItIs(RefusalPolicy policy) {
        OutboxRow row = row();
        LaneParking parking = new LaneParking(
                ParkingStore.postgres(new DriverManagerDataSource()),
                BucketRange.ALL,
                type -> policy,
                System::nanoTime);
        parking.admit(List.of(row), open -> {
            if (!open.isEmpty()) {
                throw new UnpublishableEventException(row, "it is refused", null);
            }
        });
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getMDCPropertyMap())
                    .isEqualTo(Map.of(
                            "eventId", row.event().id().toString(),
                            "eventType", "OrderPlaced",
                            "aggregateType", "Order",
                            "traceId", "0af7651916cd43dd8448eb211c80319c"));
            assertThat(line.getFormattedMessage()).doesNotContain("secret");
        });
    }

    private static OutboxRow row() {
        return new OutboxRow(
                1,
                1,
                new EventEnvelope(
                        UUID.randomUUID(),
                        new EventType("OrderPlaced", 2),
                        new AggregateRef("Order", "a"),
                        "orders",
                        "/orders",
                        Instant.EPOCH,
                        EventPayload.json("{\"secret\":1}".getBytes(StandardCharsets.UTF_8)),
                        Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));
    }
}

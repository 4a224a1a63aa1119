package dev.outbox.consumer.internal.processing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.outbox.consumer.internal.metrics.ConsumerMeters;
import dev.outbox.consumer.internal.record.InboxRecord;
import dev.outbox.event.EventHeaders;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class InboxReportLogTests {

    private final Logger logger = (Logger) LoggerFactory.getLogger(InboxReport.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final InboxReport report = new InboxReport("stock", event -> {}, ConsumerMeters.NONE);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    @Test
    void eachLineAboutAnEventSaysWhichOneItIs() {
        InboxRecord received = new InboxRecord(record());
        RuntimeException failure = new IllegalStateException("on purpose");
        report.retries(received, 1, Duration.ofSeconds(1), failure);
        report.unavailable(received, Duration.ofSeconds(1), failure);
        report.parked(received, 3, "no stock", failure);
        report.staysParked(received, 3, "no stock", failure);
        report.deadLettered(received, 3, failure);
        report.skipped(received, 3, failure);
        assertThat(lines.list).hasSize(6).allSatisfy(line -> {
            assertThat(line.getMDCPropertyMap())
                    .isEqualTo(Map.of(
                            "eventId", "e-1",
                            "eventType", "OrderPlaced",
                            "traceId", "0af7651916cd43dd8448eb211c80319c"));
            assertThat(line.getFormattedMessage()).doesNotContain("secret");
        });
    }

    private static ConsumerRecord<byte[], byte[]> record() {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("orders", 0, 7, "a".getBytes(UTF_8), "{\"secret\":1}".getBytes(UTF_8));
        Map.of(
                        EventHeaders.ID,
                        "e-1",
                        EventHeaders.TYPE,
                        "OrderPlaced",
                        EventHeaders.SOURCE,
                        "/orders",
                        "traceparent",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }
}

package dev.outbox.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.event.EventEnvelope;
import dev.outbox.schema.OutboxSchema;
import io.micrometer.tracing.Tracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sidecar's part of a trace, which began in the service that raised the event. */
class SidecarTracesIT {

    @RegisterExtension
    static final MigratedDatabase DATABASE = MigratedDatabase.by(OutboxSchema.class);

    @Test
    void theSpanOfASendIsExportedInTheTraceThatIsStored() {
        try (TraceCollector collector = new TraceCollector();
                TestSidecar sidecar = new TestSidecar(
                        DATABASE,
                        TestBroker.bootstrapServers(),
                        "--spring.datasource.url=" + DATABASE.jdbcUrl(),
                        "--management.opentelemetry.tracing.export.schedule-delay=100ms",
                        "--management.opentelemetry.tracing.export.otlp.endpoint=" + collector.endpoint())) {
            EventEnvelope event = sidecar.commit("good", "{\"text\":\"secret\"}");
            String topic = sidecar.topic().name();

            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> collector.has(
                            TestSidecar.TRACE,
                            TestSidecar.SPAN,
                            "send " + topic,
                            event.id().toString(),
                            "outbox-relay"));
            assertThat(collector.has(TestSidecar.TRACE, TestSidecar.SPAN, "secret"))
                    .as("the payload")
                    .isFalse();
        }
    }

    @Test
    void thereIsNoTracerUnlessItIsSaidWhereSpansGo() {
        try (TestSidecar sidecar = new TestSidecar(DATABASE)) {
            assertThat(sidecar.has(Tracer.class)).isFalse();
        }
    }
}

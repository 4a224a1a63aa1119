package dev.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.TestBroker;
import dev.outbox.event.EventEnvelope;
import dev.outbox.schema.OutboxSchema;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CloudEventsIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final String topic = "cloud-events-" + UUID.randomUUID();

    @Test
    void recordsAreCloudEvents() throws SQLException {
        EventEnvelope event = TestEvents.event(topic, "Grüße-1", "{\"customer\":\"Ada\"}");
        ConsumerRecord<String, byte[]> record = published(event);

        CloudEvent cloudEvent;
        try (CloudEventDeserializer deserializer = new CloudEventDeserializer()) {
            cloudEvent = deserializer.deserialize(topic, record.headers(), record.value());
        }

        assertThat(cloudEvent.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(cloudEvent.getId()).isEqualTo(event.id().toString());
        assertThat(cloudEvent.getSource()).isEqualTo(URI.create("/orders"));
        assertThat(cloudEvent.getType()).isEqualTo("OrderPlaced");
        assertThat(cloudEvent.getSubject()).isEqualTo("Grüße-1");
        assertThat(Objects.requireNonNull(cloudEvent.getTime()).toInstant()).isEqualTo(event.time());
        assertThat(cloudEvent.getDataContentType()).isEqualTo("application/json");
        assertThat(cloudEvent.getExtension("dataversion")).isEqualTo("2");
        assertThat(cloudEvent.getExtension("sequence")).isEqualTo("1");
        assertThat(Objects.requireNonNull(cloudEvent.getData()).toBytes())
                .isEqualTo("{\"customer\":\"Ada\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(record.key()).isEqualTo("Grüße-1");
        assertThat(TopicReader.header(record, "traceparent"))
                .isEqualTo(event.headers().get("traceparent"));
    }

    private ConsumerRecord<String, byte[]> published(EventEnvelope event) throws SQLException {
        try (TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic)) {
            OutboxTransaction.commit(database.dataSource(), List.of(event));
            try (TestRelay relay = TestRelay.start(database.get(), TestBroker.bootstrapServers())) {
                relay.awaitOwner();
                return reader.untilEvents(1).get(0);
            }
        }
    }
}

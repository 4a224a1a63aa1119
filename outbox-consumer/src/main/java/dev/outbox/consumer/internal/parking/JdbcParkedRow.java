package dev.outbox.consumer.internal.parking;

import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkedInboxEvent;
import dev.outbox.consumer.parking.ParkingCause;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import tools.jackson.databind.json.JsonMapper;

/** A parked record as it is stored, whatever the database is. */
final class JdbcParkedRow {

    /** Not the service's own mapper: the table's format must not change with a service's settings. */
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private JdbcParkedRow() {}

    static MapSqlParameterSource parameters(InboxParking parking) {
        ConsumerRecord<?, byte[]> received = parking.received();
        return new MapSqlParameterSource()
                .addValue("consumer", parking.key().consumer())
                .addValue("topic", parking.key().topic())
                .addValue("key", parking.key().key())
                .addValue("sequence", parking.event().sequence())
                .addValue("source", parking.event().source())
                .addValue("eventId", parking.event().id())
                .addValue("type", parking.event().type())
                .addValue("partition", received.partition())
                .addValue("offset", received.offset())
                .addValue("recordKey", received.key() instanceof byte[] bytes ? bytes : null)
                .addValue("headers", withoutNul(MAPPER.writeValueAsString(parking.headers())))
                .addValue("payload", received.value())
                .addValue("cause", parking.cause().name())
                .addValue("reason", storable(parking.reason()))
                .addValue("attempts", parking.attempts());
    }

    static ParkedInboxEvent event(ResultSet row, int partition, Times times) throws SQLException {
        ConsumerRecord<byte[], byte[]> received = new ConsumerRecord<>(
                row.getString("topic"),
                partition,
                row.getLong("record_offset"),
                row.getBytes("record_key"),
                row.getBytes("payload"));
        Map<String, String> headers = MAPPER.readerForMapOf(String.class).readValue(row.getString("headers"));
        headers.forEach((name, value) -> received.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return new ParkedInboxEvent(
                row.getLong("id"),
                key(row),
                received,
                ParkingCause.valueOf(row.getString("cause")),
                row.getString("reason"),
                row.getInt("attempts"),
                times.required(row, "parked_at"),
                times.of(row, "edited_at"),
                times.of(row, "discarded_at") != null);
    }

    static InboxKey key(ResultSet row) throws SQLException {
        return new InboxKey(row.getString("consumer"), row.getString("topic"), row.getString("event_key"));
    }

    static @Nullable String storable(@Nullable String reason) {
        return reason == null ? null : reason.replace('\0', '\ufffd');
    }

    /** PostgreSQL cannot store a NUL in text, nor in jsonb. */
    private static String withoutNul(String json) {
        return json.replace("\\u0000", "\\ufffd");
    }

    /** How the database gives its times. */
    @FunctionalInterface
    interface Times {

        @Nullable
        Instant of(ResultSet row, String column) throws SQLException;

        default Instant required(ResultSet row, String column) throws SQLException {
            Instant time = of(row, column);
            if (time == null) {
                throw new SQLException("Column %s is null".formatted(column));
            }
            return time;
        }
    }
}

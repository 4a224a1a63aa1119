package dev.outbox.eventstore.internal.projection;

import dev.outbox.event.AggregateRef;
import dev.outbox.eventstore.internal.projection.lane.EventSink;
import dev.outbox.eventstore.internal.projection.log.LogEvent;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Streams of accounts, a ledger that is written in the transaction of each event, and a projection of them. What the projection
 * keeps of a stream is a digest of its events, each added to the one before: an event that is missing, repeated or out of its order
 * makes another digest.
 */
public final class Accounts {

    /** The tables of the test. */
    public static final String TABLES = """
            create table ledger (stream text, version bigint, amount bigint, primary key (stream, version));
            create table balance (
                stream text,
                events bigint not null,
                digest text not null,
                constraint balance_of_stream primary key (stream)
            );
            create index balance_by_events on balance (events) where events > 1;
            """;

    private static final String LOCK = """
            insert into outbox_key (aggregatetype, aggregateid, last_seq)
            values ('Account', :stream, 1)
            on conflict (aggregatetype, aggregateid) do update
            set last_seq = outbox_key.last_seq + 1
            returning last_seq
            """;

    private static final String APPEND = """
            insert into %s (aggregate_seq, created_at, id, version, bucket, aggregatetype, aggregateid, type, topic, source,
                contenttype, payload)
            values (:version, :time, :id, 1, :bucket, 'Account', :stream, 'AccountChanged', 'accounts', '/test', 'application/json',
                cast(:payload as text)::bytea)
            returning seq
            """;

    private static final String RECORD = """
            insert into ledger (stream, version, amount)
            values (:stream, :version, :amount)
            """;

    private static final String PROJECT = """
            insert into balance (stream, events, digest)
            values (:stream, 1, md5(:change))
            on conflict on constraint balance_of_stream do update
            set events = balance.events + 1, digest = md5(balance.digest || :change)
            """;

    private Accounts() {}

    /**
     * Appends an event, in the current transaction of the session.
     *
     * @return its seq
     */
    public static long append(JdbcClient session, String stream, long amount, Instant time) {
        long version =
                session.sql(LOCK).param("stream", stream).query(Long.class).single();
        String table = stream.endsWith("u") ? "outbox_event_unpublished" : "outbox_event_stored";
        long seq = session.sql(APPEND.formatted(table))
                .param("version", version)
                .param("time", time.atOffset(ZoneOffset.UTC))
                .param("id", UUID.randomUUID())
                .param("bucket", new AggregateRef("Account", stream).bucket())
                .param("stream", stream)
                .param("payload", Long.toString(amount))
                .query(Long.class)
                .single();
        session.sql(RECORD)
                .param("stream", stream)
                .param("version", version)
                .param("amount", amount)
                .update();
        return seq;
    }

    /** {@return the handlers of the projection} They name the table without a schema. */
    public static EventSink projection(DataSource dataSource) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        return event -> jdbc.sql(PROJECT)
                .param("stream", event.event().stream().id())
                .param("change", change(event.event().version(), amount(event)))
                .update();
    }

    public static long amount(LogEvent event) {
        return Long.parseLong(event.event().payload().text());
    }

    /** {@return for each stream, what the projection would have if it were right} */
    public static Map<String, String> fold(DataSource dataSource) {
        Map<String, String> digests = new TreeMap<>();
        Map<String, Long> events = new HashMap<>();
        JdbcClient.create(dataSource)
                .sql("select stream, version, amount from ledger order by stream, version")
                .query(row -> {
                    String stream = row.getString("stream");
                    String change = change(row.getLong("version"), row.getLong("amount"));
                    digests.merge(stream, md5(change), (before, first) -> md5(before + change));
                    events.merge(stream, 1L, Long::sum);
                });
        digests.replaceAll((stream, digest) -> events.get(stream) + " " + digest);
        return digests;
    }

    /** {@return for each stream, what is in a table of the projection} */
    public static Map<String, String> projected(DataSource dataSource, String table) {
        Map<String, String> found = new TreeMap<>();
        JdbcClient.create(dataSource)
                .sql("select stream, events, digest from " + table)
                .query(row -> {
                    found.put(row.getString("stream"), row.getLong("events") + " " + row.getString("digest"));
                });
        return found;
    }

    /** {@return how a table differs from the fold of the ledger, stream by stream; empty if it does not} */
    public static List<String> differences(DataSource dataSource, String table) {
        Map<String, String> expected = fold(dataSource);
        Map<String, String> found = projected(dataSource, table);
        List<String> differences = new ArrayList<>();
        expected.forEach((stream, digest) -> {
            if (!digest.equals(found.get(stream))) {
                differences.add("%s: %s instead of %s".formatted(stream, found.get(stream), digest));
            }
        });
        found.keySet().stream()
                .filter(stream -> !expected.containsKey(stream))
                .forEach(stream -> differences.add(stream + " is invented"));
        return differences;
    }

    private static String change(long version, long amount) {
        return version + ":" + amount + ";";
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return "%032x".formatted(new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

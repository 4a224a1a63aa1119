package dev.outbox.debezium;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.event.NewerPayload;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Events of every kind that the table can hold, from a seed. */
final class RandomEvents {

    /** With its headers it just fits into a record, whose limit is 1 MiB. */
    static final int NEARLY_TOO_LARGE = 1_000_000;

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "plain",
            "1.0",
            "true",
            "null",
            "{\"a\": [1, 2]}",
            "a \"quoted\" \\ back/slash",
            "line\nfeed\ttab\r\b\f",
            "Smørrebrød, Übergröße, 漢字, \uD83C\uDF89",
            "\u0001\u007F\u0085\u2028\uFEFF",
            "x".repeat(10_000));

    private static final List<String> NAMES = List.of(
            "tenant", "Tenant", "x-b3", "with space", "größe", "id", "ce-id", "a.b", "\"", "\\", "{", "payload");

    private static final List<String> IDS = List.of("1", "2", "ключ", "a b", "\"", "0", "x".repeat(255));

    private final Random random;
    private final List<String> topics;

    RandomEvents(long seed, List<String> topics) {
        this.random = new Random(seed);
        this.topics = topics;
    }

    EventEnvelope next() {
        return event(payload(random.nextInt(5)));
    }

    /** {@return one whose record is nearly as large as a record may be} */
    EventEnvelope large() {
        return event(EventPayload.of("application/octet-stream", bytes(NEARLY_TOO_LARGE)));
    }

    private EventEnvelope event(EventPayload payload) {
        String id = random.nextBoolean() ? one(IDS) : "aggregate-" + random.nextInt(500);
        return new EventEnvelope(
                new UUID(random.nextLong(), random.nextLong()),
                new EventType(one(List.of("OrderPlaced", "Order placed", "заказ")), 1 + random.nextInt(3)),
                new AggregateRef(one(List.of("Order", "Invoice", "Счёт")), id),
                one(topics),
                one(List.of("/orders", "urn:shop:orders", "/größe")),
                time(),
                payload,
                payload.size() == NEARLY_TOO_LARGE ? Map.of() : headers());
    }

    private EventPayload payload(int kind) {
        return switch (kind) {
            case 0 -> EventPayload.of("application/octet-stream", bytes(random.nextInt(2_000)));
            case 1 -> EventPayload.of("text/plain; charset=utf-8", one(TEXTS).getBytes(UTF_8));
            case 2 -> EventPayload.of("application/avro", bytes(1 + random.nextInt(200)));
            case 3 -> EventPayload.json(new byte[0]);
            default ->
                EventPayload.json(
                        "{\"number\": %d}".formatted(random.nextLong()).getBytes(UTF_8));
        };
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        switch (random.nextInt(5)) {
            case 0 -> {}
            case 1 -> {
                headers.put(
                        EventHeaders.TRACE_PARENT,
                        "00-%016x%016x-%016x-01".formatted(random.nextLong(), random.nextLong(), random.nextLong()));
                headers.put(EventHeaders.TRACE_STATE, "vendor=" + random.nextInt());
            }
            case 2 ->
                headers.putAll(NewerPayload.of(4, EventPayload.json(bytes(random.nextInt(500))))
                        .headers());
            case 3 -> {
                for (int i = 0; i < 40; i++) {
                    headers.put("header-" + i, one(TEXTS.subList(0, TEXTS.size() - 1)));
                }
            }
            default -> headers.put(one(NAMES), one(TEXTS));
        }
        return headers;
    }

    /** As precise as the database, with all numbers of digits, and before and after 1970. */
    private Instant time() {
        long seconds = -1_000_000_000L + random.nextInt(Integer.MAX_VALUE);
        int step = (int) Math.pow(10, random.nextInt(7));
        return Instant.ofEpochSecond(seconds)
                .plus(random.nextInt(1_000_000) / step * step % 1_000_000, ChronoUnit.MICROS);
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}

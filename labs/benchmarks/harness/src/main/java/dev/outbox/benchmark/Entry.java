package dev.outbox.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Who takes part, and with which settings. */
enum Entry {
    OUTBOX_EMBEDDED("outbox", "outbox.OutboxMain", "defaults; key row per aggregate"),
    OUTBOX_EMBEDDED_COUNTED("outbox", "outbox.OutboxMain", "the same, but the aggregate counts its events; no key row"),
    OUTBOX_SIDECAR("outbox", "outbox.OutboxMain", "defaults; service and relay in a process each"),
    HANDWRITTEN_PIPELINED(
            "handwritten",
            "handwritten.HandwrittenMain",
            "SELECT 2,000 in order, up to 8 pages in flight, DELETE after the ack, 5 ms pause when idle; same headers"),
    HANDWRITTEN_BARE("handwritten", "handwritten.HandwrittenMain", "the same with records of two headers"),
    HANDWRITTEN_100MS(
            "handwritten",
            "handwritten.HandwrittenMain",
            "SELECT 1,000, send, await all, DELETE; 100 ms pause unless the page was full"),
    DEBEZIUM(
            "debezium",
            "debezium.DebeziumMain",
            "Engine 3.6.1, outbox router, no JSON conversion; batch 8,192, queue 32,768, poll 5 ms, offsets every second"),
    DEBEZIUM_DEFAULTS("debezium", "debezium.DebeziumMain", "the same with batch 2,048, queue 8,192, poll 500 ms"),
    NAMASTACK(
            "namastack",
            "namastack.NamastackMain",
            "1.6.0 JDBC; handler awaits each ack; batch 1,000 keys, poll 10 ms, 16 threads, completed rows deleted"),
    NAMASTACK_DEFAULTS("namastack", "namastack.NamastackMain", "the same with its defaults; linger.ms=0"),
    MODULITH(
            "modulith",
            "modulith.ModulithMain",
            "2.1.1 JDBC; asynchronous listener awaits each ack; 16 threads, completed rows deleted"),
    MODULITH_DEFAULTS("modulith", "modulith.ModulithMain", "the same with its defaults (8 threads); linger.ms=0"),
    PRODUCER_ALONE("handwritten", "handwritten.HandwrittenMain", "events in memory; no table"),
    INBOX_EVENT_ID("outbox", "outbox.OutboxMain", "@DomainEventHandler, defaults"),
    INBOX_SEQUENCE("outbox", "outbox.OutboxMain", "@DomainEventHandler, guard aggregate-sequence"),
    INBOX_RECORD("outbox", "outbox.OutboxMain", "@KafkaListener and @Idempotent, a transaction for each record"),
    LISTENER_BATCH("listener", "listener.ListenerMain", "@KafkaListener, a transaction for each poll; no guard"),
    LISTENER_RECORD("listener", "listener.ListenerMain", "@KafkaListener, a transaction for each record; no guard"),
    LISTENER_RECORD_INBOX(
            "listener", "listener.ListenerMain", "@KafkaListener, a transaction for each record; guard by hand"),
    LISTENER_RECORD_TRAM(
            "listener",
            "listener.ListenerMain",
            "@KafkaListener, a transaction for each record; guard is the detector of Eventuate Tram 0.36.0");

    private final String module;
    private final String mainClass;
    private final String settings;

    Entry(String module, String mainClass, String settings) {
        this.module = module;
        this.mainClass = "dev.outbox.benchmark." + mainClass;
        this.settings = settings;
    }

    static Entry named(String name) {
        return Arrays.stream(values())
                .filter(entry -> entry.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No contender '%s' among %s"
                        .formatted(name, Arrays.stream(values()).map(Entry::id).toList())));
    }

    /** {@return its name in the results} */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String module() {
        return module;
    }

    String mainClass() {
        return mainClass;
    }

    String settings() {
        return settings;
    }

    /** {@return the names of its processes, that of the service first and that of the relay last} */
    List<String> processes() {
        return this == OUTBOX_SIDECAR ? List.of(id(), id() + "-relay") : List.of(id());
    }

    boolean hasTable() {
        return this != PRODUCER_ALONE && !isConsumer();
    }

    /** {@return whether it consumes, and does nothing else} */
    boolean isConsumer() {
        return name().startsWith("INBOX_") || name().startsWith("LISTENER_");
    }

    /** {@return whether a backlog of a million is a matter of seconds} */
    boolean isFast() {
        return (module.equals("outbox") && this != INBOX_RECORD)
                || this == LISTENER_BATCH
                || module.equals("handwritten")
                || this == DEBEZIUM;
    }

    boolean isDefaults() {
        return name().endsWith("_DEFAULTS");
    }
}

package dev.outbox.benchmark;

import dev.outbox.benchmark.Servers.Product;
import java.util.List;
import java.util.Locale;

/** Who takes part, and with which settings. */
enum Entry {
    OUTBOX_EMBEDDED("outbox", "defaults; key row per aggregate"),
    OUTBOX_EMBEDDED_COUNTED("outbox", "the same, but the aggregate counts its events; no key row"),
    OUTBOX_OBSERVED(
            "observed", "the same as outbox-embedded, with Prometheus' registry and OpenTelemetry by Boot's defaults"),
    OUTBOX_SIDECAR("outbox", "defaults; service and relay in a process each"),
    OUTBOX_TAIL("outbox", "the same, relay.engine=tail; notify.mode=never"),
    OUTBOX_MARIADB("outbox", "the same as outbox-embedded, on MariaDB; engine queue"),
    OUTBOX_JPA("jpa", "defaults; accounts are entities, and so is the plain row: six columns, assigned id"),
    HANDWRITTEN_PIPELINED(
            "handwritten",
            "SELECT 2,000 in order, up to 8 pages in flight, DELETE after the ack, 5 ms pause when idle; same headers"),
    HANDWRITTEN_BARE("handwritten", "the same with records of two headers"),
    HANDWRITTEN_100MS("handwritten", "SELECT 1,000, send, await all, DELETE; 100 ms pause unless the page was full"),
    DEBEZIUM(
            "debezium",
            "Engine 3.6.1, outbox router, no JSON conversion; batch 8,192, queue 32,768, poll 5 ms, offsets every second"),
    DEBEZIUM_OUR_TABLE(
            "debezium",
            "Engine 3.6.1 on the table of outbox-tail, with the connector that the relay generates; offsets every second"),
    DEBEZIUM_DEFAULTS("debezium", "the same as debezium with batch 2,048, queue 8,192, poll 500 ms"),
    NAMASTACK(
            "namastack",
            "1.6.0 JDBC; handler awaits each ack; batch 1,000 keys, poll 10 ms, 16 threads, completed rows deleted"),
    NAMASTACK_DEFAULTS("namastack", "the same with its defaults; linger.ms=0"),
    MODULITH("modulith", "2.1.1 JDBC; asynchronous listener awaits each ack; 16 threads, completed rows deleted"),
    MODULITH_DEFAULTS("modulith", "the same with its defaults (8 threads); linger.ms=0"),
    PRODUCER_ALONE("handwritten", "events in memory; no table"),
    INBOX_EVENT_ID("outbox", "@DomainEventHandler, defaults"),
    INBOX_SEQUENCE("outbox", "@DomainEventHandler, guard aggregate-sequence"),
    INBOX_RECORD("outbox", "@KafkaListener and @Idempotent, a transaction for each record"),
    LISTENER_BATCH("listener", "@KafkaListener, a transaction for each poll; no guard"),
    LISTENER_RECORD("listener", "@KafkaListener, a transaction for each record; no guard"),
    LISTENER_RECORD_INBOX("listener", "@KafkaListener, a transaction for each record; guard by hand"),
    LISTENER_RECORD_TRAM(
            "listener",
            "@KafkaListener, a transaction for each record; guard is the detector of Eventuate Tram 0.36.0"),
    EVENTSTORE("eventstore", "defaults; published, without a relay"),
    EVENTSTORE_TABLE(
            "handwritten",
            "plain JDBC; unique (stream, version), the same content; loop by seq, which skips what commits late"),
    EVENTSTORE_XMIN("handwritten", "the same and an indexed transaction id; loop below the oldest open transaction"),
    EVENTSTORE_AXON4(
            "axon4",
            "Axon Framework 4.13.0, JPA engine, no Axon Server; identity column, payload in bytea, JSON by Jackson;"
                    + " pooled streaming processor, 1 segment"),
    EVENTSTORE_AXON5("axon5", "Axon Framework 5.0.1, the same; it has no snapshots, and needs Java 21");

    private static final int JAVA_OF_AXON_5 = 21;

    private final String module;
    private final String settings;

    Entry(String module, String settings) {
        this.module = module;
        this.settings = settings;
    }

    /** {@return its name in the results} */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return id();
    }

    String mainClass(String process) {
        String module = module(process);
        return "dev.outbox.benchmark.%s.%s%sMain"
                .formatted(module, module.substring(0, 1).toUpperCase(Locale.ROOT), module.substring(1));
    }

    String settings() {
        return settings;
    }

    /** {@return the names of its processes, that of the service first and that of the relay last} */
    List<String> processes() {
        return isSidecar() ? List.of(id(), id() + "-relay") : List.of(id());
    }

    /** {@return the module that a process is in} */
    String module(String process) {
        return this == DEBEZIUM_OUR_TABLE && process.equals(id()) ? OUTBOX_TAIL.module : module;
    }

    /** {@return where its table is} */
    Product product() {
        return this == OUTBOX_MARIADB ? Product.MARIADB : Product.POSTGRESQL;
    }

    /** {@return whether its relay has a process of its own} */
    boolean isSidecar() {
        return this == OUTBOX_SIDECAR || this == OUTBOX_TAIL || this == DEBEZIUM_OUR_TABLE;
    }

    /** {@return whether it has a table that its relay empties} */
    boolean hasTable() {
        return this != PRODUCER_ALONE && !isConsumer() && !isUnderJpa() && !isEventStore();
    }

    /** {@return whether its business is Hibernate's, and all that is measured is what an event costs there} */
    boolean isUnderJpa() {
        return this == OUTBOX_JPA;
    }

    /** {@return whether it consumes, and does nothing else} */
    boolean isConsumer() {
        return name().startsWith("INBOX_") || name().startsWith("LISTENER_");
    }

    /** {@return whether it keeps events as streams, and is measured as that alone} */
    boolean isEventStore() {
        return name().startsWith("EVENTSTORE");
    }

    /** {@return whether it takes snapshots} */
    boolean hasSnapshots() {
        return isEventStore() && this != EVENTSTORE_AXON5;
    }

    /** {@return whether this JVM can run it} */
    boolean isRunnable() {
        return this != EVENTSTORE_AXON5 || Runtime.version().feature() >= JAVA_OF_AXON_5;
    }

    /** {@return whether a backlog of a million is a matter of seconds} */
    boolean isFast() {
        return (module.equals("outbox") && this != INBOX_RECORD)
                || this == LISTENER_BATCH
                || module.equals("observed")
                || module.equals("handwritten")
                || this == DEBEZIUM
                || this == DEBEZIUM_OUR_TABLE;
    }

    boolean isDefaults() {
        return name().endsWith("_DEFAULTS");
    }
}

package dev.outbox.importer.internal.setup;

import dev.outbox.importer.internal.mapping.TypeMapping;
import dev.outbox.importer.internal.peer.Completion;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the import from another outbox.
 *
 * @param source the other outbox: modulith, namastack, eventuate or table; without it, nothing is imported
 * @param mode dry-run: say in the log what would be imported; follow: import what is pending, and what becomes pending
 * @param table the table of the other outbox; by default the name that it gives it
 * @param archiveTable where Spring Modulith keeps complete rows, if they are archived
 * @param completion what happens to imported rows: mark, delete or archive, as the other outbox is configured itself
 * @param handlers listener ids of Spring Modulith or handler ids of Namastack that have sent the events to the broker; rows of others stay
 * @param ignoredTypes types that stay in the other outbox
 * @param since rows from before this time stay in the other outbox
 * @param minAge younger rows stay for the time being: longer than the other outbox takes to publish a row, or 0 if it does not publish any more
 * @param batchSize rows that one transaction imports at most
 * @param pollInterval pause when nothing is pending
 * @param types what the events of a type become, for each type that is not the name of a class with @DomainEvent
 * @param columns where a hand-made table has what; each value is an SQL expression
 */
@ConfigurationProperties("outbox.import")
public record ImportProperties(
        @Nullable PeerKind source,
        @DefaultValue("dry-run") Mode mode,
        @Nullable String table,
        @DefaultValue("event_publication_archive") String archiveTable,
        @DefaultValue("mark") Completion completion,
        @DefaultValue Set<String> handlers,
        @DefaultValue Set<String> ignoredTypes,
        @Nullable Instant since,
        @DefaultValue("5m") Duration minAge,
        @DefaultValue("500") int batchSize,
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue Map<String, TypeMapping> types,
        @DefaultValue ColumnSettings columns) {

    /**
     * @throws IllegalArgumentException if a batch would be empty or an age negative
     */
    public ImportProperties {
        handlers = Set.copyOf(handlers);
        ignoredTypes = Set.copyOf(ignoredTypes);
        types = Map.copyOf(types);
        if (batchSize < 1) {
            throw new IllegalArgumentException("outbox.import.batch-size %d must be positive".formatted(batchSize));
        }
        if (minAge.isNegative()) {
            throw new IllegalArgumentException("outbox.import.min-age %s must not be negative".formatted(minAge));
        }
    }

    /** What the import does. */
    public enum Mode {
        /** It says what it would do. */
        DRY_RUN,
        /** It imports. */
        FOLLOW
    }

    /** The other outboxes. */
    public enum PeerKind {
        /** The event publication registry of Spring Modulith. */
        MODULITH("event_publication", true),
        /** Namastack Outbox. */
        NAMASTACK("outbox_record", true),
        /** Eventuate Tram. */
        EVENTUATE("eventuate.message", false),
        /** A hand-made table. */
        TABLE("", false);

        private final String table;
        private final boolean hasHandlers;

        PeerKind(String table, boolean hasHandlers) {
            this.table = table;
            this.hasHandlers = hasHandlers;
        }

        String table() {
            return table;
        }

        boolean hasHandlers() {
            return hasHandlers;
        }
    }

    /**
     * Where a hand-made table has what.
     *
     * @param id what identifies a row
     * @param type what kind of event it is
     * @param key what the order is kept within, usually the id of the aggregate
     * @param payload the event as JSON
     * @param headers a JSON object of texts
     * @param time when the event was raised
     * @param order by which the rows are read; it must follow the order of the events of a key
     * @param pending a condition that is true for rows that are not published yet
     * @param done what an update sets to say that a row is published
     */
    public record ColumnSettings(
            @DefaultValue("id") String id,
            @DefaultValue("type") String type,
            @DefaultValue("key") String key,
            @DefaultValue("payload") String payload,
            @DefaultValue("null") String headers,
            @DefaultValue("created_at") String time,
            @DefaultValue("id") String order,
            @DefaultValue("sent_at is null") String pending,
            @DefaultValue("sent_at = now()") String done) {}
}

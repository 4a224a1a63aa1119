package dev.outbox.importer.internal.mapping;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the events of a type become.
 *
 * @param declared class with @DomainEvent as which they are read, if it has another name than the one in the table
 * @param type their type, if no class declares it
 * @param version their version
 * @param aggregate the kind of their aggregate
 * @param key the field of the payload with the aggregate id, with dots for fields within fields; by default the key that the other outbox
 *     has
 * @param topic to which they are published; by default that of the aggregate
 */
public record TypeMapping(
        @Nullable String declared,
        @Nullable String type,
        @DefaultValue("1") int version,
        @Nullable String aggregate,
        @Nullable String key,
        @Nullable String topic) {}

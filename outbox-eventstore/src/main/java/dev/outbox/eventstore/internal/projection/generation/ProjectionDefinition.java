package dev.outbox.eventstore.internal.projection.generation;

import dev.outbox.eventstore.internal.projection.lane.EventSink;
import java.util.List;

/**
 * A projection, as a service declares it.
 *
 * @param name identifies it in the database
 * @param version of its handlers and tables; a higher one is built anew
 * @param tables what it fills, by their names without a schema
 * @param lanes how many lanes its next generation has
 * @param start where a generation begins
 * @param sink its handlers
 * @param forgets whether it is rebuilt when a subject is forgotten
 */
public record ProjectionDefinition(
        String name,
        int version,
        List<String> tables,
        int lanes,
        ProjectionStart start,
        EventSink sink,
        boolean forgets) {}

package dev.outbox.importer.internal.peer;

/**
 * Where a hand-made table has what the import needs. Each value is an SQL expression, such as the name of a column.
 *
 * @param id what identifies a row
 * @param type what kind of event it is
 * @param key what the order is kept within
 * @param payload the event as JSON
 * @param headers a JSON object of texts, or null
 * @param time when the event was raised
 * @param order by which the rows are read
 * @param pending true for a row that is not published yet
 * @param done what an update sets to say that a row is published
 */
public record Columns(
        String id,
        String type,
        String key,
        String payload,
        String headers,
        String time,
        String order,
        String pending,
        String done) {}

package dev.outbox.internal.check;

/**
 * A right that the database user of the service needs.
 *
 * @param table table or sequence
 * @param right its name in the database
 */
public record TableRight(String table, String right) {}

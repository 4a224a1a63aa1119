package dev.outbox.importer.internal.peer;

import org.jspecify.annotations.Nullable;

/**
 * Pending rows that have something in common.
 *
 * @param handler for which the other outbox keeps them; null if it has one row for all
 * @param type what the other outbox calls their events; null if they are none
 * @param count how many there are
 * @param young how many of them are younger than the selection wants
 * @param old how many of them are older
 */
public record PendingRows(
        @Nullable String handler, @Nullable String type, long count, long young, long old) {}

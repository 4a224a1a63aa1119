package dev.outbox.relay.lane;

import java.time.Instant;

/**
 * A relay that shares the lanes.
 *
 * @param name the owner of its leases
 * @param lanes how many lanes it asks for; what the one that joined last asks for is made so
 * @param joinedAt since when it has been running, by the clock of the database
 * @param running whether it has been heard of lately; if not, it was killed, or cannot reach the database
 * @since 0.1.0
 */
public record KnownRelay(String name, int lanes, Instant joinedAt, boolean running) {}

package dev.outbox.relay;

import java.time.Duration;

/**
 * This relay, as the others see it.
 *
 * @param name the owner of its leases
 * @param lanes how many lanes it asks for
 * @param ttl how long it counts as running after each look at the lanes
 */
record RelayMember(String name, int lanes, Duration ttl) {}

/**
 * The relay in a world that is made of models, driven by one thread, one clock and one seed.
 *
 * <p>Of the relay everything is real but its ports. Behind them are models of what PostgreSQL and Kafka promise, no more
 * and no less: they take every freedom that the real ones have.
 */
@NullMarked
package dev.outbox.relay.simulation;

import org.jspecify.annotations.NullMarked;

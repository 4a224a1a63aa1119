/**
 * The relay: moves committed events to Kafka, in order, whatever fails on the way.
 */
@NullMarked
package dev.outbox.relay;

import org.jspecify.annotations.NullMarked;

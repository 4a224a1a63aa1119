/** Debezium as what publishes the events: how far it has come, and the command that configures it. */
@NullMarked
package dev.outbox.relay.internal.debezium;

import org.jspecify.annotations.NullMarked;

/** The configuration of Debezium on Kafka Connect. */
@NullMarked
package dev.outbox.relay.debezium;

import org.jspecify.annotations.NullMarked;

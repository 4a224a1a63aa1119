/** Logical replication: the publication, the replication slot, and the messages that come by them. */
@NullMarked
package dev.outbox.relay.internal.replication;

import org.jspecify.annotations.NullMarked;

/** Who relays a lane, and how far it has come: the lease, its fencing epoch and the durable position. */
@NullMarked
package dev.outbox.relay.internal.lease;

import org.jspecify.annotations.NullMarked;

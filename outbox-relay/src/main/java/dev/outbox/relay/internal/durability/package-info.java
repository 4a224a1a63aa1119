/** Whether what has been read would survive a failover. */
@NullMarked
package dev.outbox.relay.internal.durability;

import org.jspecify.annotations.NullMarked;

/** Events that leave their lane without being published, and their way back. */
@NullMarked
package dev.outbox.relay.internal.parking;

import org.jspecify.annotations.NullMarked;

/**
 * Looks at start whether database and broker are set up so that the promises of the relay hold.
 */
@NullMarked
package dev.outbox.relay.check;

import org.jspecify.annotations.NullMarked;

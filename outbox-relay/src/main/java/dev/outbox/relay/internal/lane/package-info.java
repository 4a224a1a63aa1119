/** One lane: read a page, send it, save the position. */
@NullMarked
package dev.outbox.relay.internal.lane;

import org.jspecify.annotations.NullMarked;

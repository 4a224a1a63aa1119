/** Tables that handlers fill from stored events, and that are filled anew beside the ones in use when their handlers change. */
@NullMarked
package dev.outbox.eventstore.projection;

import org.jspecify.annotations.NullMarked;

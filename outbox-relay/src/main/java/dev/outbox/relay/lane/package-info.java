/** Who owns the lanes, as the database knows it: what a person sees of the relays that share an outbox. */
@NullMarked
package dev.outbox.relay.lane;

import org.jspecify.annotations.NullMarked;

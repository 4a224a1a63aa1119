/** Events that cannot be published: set aside with all later events of their aggregate, until a person decides. */
@NullMarked
package dev.outbox.relay.parking;

import org.jspecify.annotations.NullMarked;

/**
 * Events that cannot be published: kept aside with all that follow of their aggregate, until a person decides.
 */
@NullMarked
package dev.outbox.relay.parking;

import org.jspecify.annotations.NullMarked;

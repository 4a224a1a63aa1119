/**
 * Records that a consumer could not handle: kept aside with all that follow of their key, until a person decides.
 */
@NullMarked
package dev.outbox.inbox.parking;

import org.jspecify.annotations.NullMarked;

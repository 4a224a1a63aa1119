/** The table of the events that a consumer has put aside. */
@NullMarked
package dev.outbox.consumer.internal.parking;

import org.jspecify.annotations.NullMarked;

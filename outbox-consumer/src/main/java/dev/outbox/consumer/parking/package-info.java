/**
 * Records that a consumer could not handle. They are parked, together with all later records of their key, until a person
 * decides.
 */
@NullMarked
package dev.outbox.consumer.parking;

import org.jspecify.annotations.NullMarked;

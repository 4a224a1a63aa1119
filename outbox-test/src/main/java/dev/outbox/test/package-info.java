/**
 * Support for the tests of a service: the events that it has captured, events to deliver to it, scenarios with a real
 * broker, and crashes.
 */
@NullMarked
package dev.outbox.test;

import org.jspecify.annotations.NullMarked;

/**
 * For the tests of a service: what it has captured, events to deliver to it, a way through a real broker, and crashes.
 */
@NullMarked
package dev.outbox.test;

import org.jspecify.annotations.NullMarked;

/** Who consumes: a service in a process of its own, whose effects can be counted. */
@NullMarked
package dev.outbox.chaos.consumer;

import org.jspecify.annotations.NullMarked;

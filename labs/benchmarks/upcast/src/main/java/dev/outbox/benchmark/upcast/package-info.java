/**
 * What it costs to read an event, by JMH.
 */
@NullMarked
package dev.outbox.benchmark.upcast;

import org.jspecify.annotations.NullMarked;

/**
 * The annotation of methods that make an earlier version of an event, for consumers that know only that one.
 */
@NullMarked
package dev.outbox.producer.downcast;

import org.jspecify.annotations.NullMarked;

/**
 * Publishes an earlier version in addition to the current one, as long as some consumers know only the earlier one.
 */
@NullMarked
package dev.outbox.producer.downcast;

import org.jspecify.annotations.NullMarked;

/**
 * CloudEvents in the content mode that puts a whole event into the value of a record.
 */
@NullMarked
package dev.outbox.consumer.cloudevents;

import org.jspecify.annotations.NullMarked;

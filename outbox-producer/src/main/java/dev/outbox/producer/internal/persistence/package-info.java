/** What JPA has not written yet, and the events that its entities hold. */
@NullMarked
package dev.outbox.producer.internal.persistence;

import org.jspecify.annotations.NullMarked;

/**
 * The guard of the inbox for listeners of plain Spring Kafka, and for code that has records from elsewhere.
 */
@NullMarked
package dev.outbox.inbox.idempotent;

import org.jspecify.annotations.NullMarked;

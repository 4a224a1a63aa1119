/** Payloads for consumers of an earlier version. */
@NullMarked
package dev.outbox.producer.internal.downcast;

import org.jspecify.annotations.NullMarked;

/**
 * Payloads in Apache Avro, if its library is present.
 */
@NullMarked
package dev.outbox.avro;

import org.jspecify.annotations.NullMarked;

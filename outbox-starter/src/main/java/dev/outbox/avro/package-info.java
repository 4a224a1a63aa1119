/**
 * Payloads in Apache Avro, if its library is there.
 */
@NullMarked
package dev.outbox.avro;

import org.jspecify.annotations.NullMarked;

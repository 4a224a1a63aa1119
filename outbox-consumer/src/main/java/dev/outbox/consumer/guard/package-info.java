/**
 * Remembers what a consumer has applied, so that a repeated delivery changes nothing.
 */
@NullMarked
package dev.outbox.consumer.guard;

import org.jspecify.annotations.NullMarked;

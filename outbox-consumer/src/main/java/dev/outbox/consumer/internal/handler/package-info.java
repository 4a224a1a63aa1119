/** Handler methods: found, called, and the transaction that they work in. */
@NullMarked
package dev.outbox.consumer.internal.handler;

import org.jspecify.annotations.NullMarked;

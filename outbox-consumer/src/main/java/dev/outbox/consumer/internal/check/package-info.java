/**
 * What a service that consumes needs, looked at before it starts.
 */
@NullMarked
package dev.outbox.consumer.internal.check;

import org.jspecify.annotations.NullMarked;

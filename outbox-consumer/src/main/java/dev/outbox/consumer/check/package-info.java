/**
 * What a service that consumes needs, looked at before it starts.
 */
@NullMarked
package dev.outbox.consumer.check;

import org.jspecify.annotations.NullMarked;

/**
 * What a service that publishes needs, looked at before it starts.
 */
@NullMarked
package dev.outbox.producer.internal.check;

import org.jspecify.annotations.NullMarked;

/** The way of one event, step by step: why it has not arrived. */
@NullMarked
package dev.outbox.console.internal.trail;

import org.jspecify.annotations.NullMarked;

/**
 * The annotations that declare domain events.
 */
@NullMarked
package dev.outbox.domain;

import org.jspecify.annotations.NullMarked;

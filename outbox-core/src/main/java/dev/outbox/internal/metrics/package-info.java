/** What the meters of all modules have in common. */
@NullMarked
package dev.outbox.internal.metrics;

import org.jspecify.annotations.NullMarked;

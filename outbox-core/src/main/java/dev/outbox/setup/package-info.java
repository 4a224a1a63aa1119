/**
 * What the outbox asks of the application around it: which DataSource is its own, and what stops the start.
 */
@NullMarked
package dev.outbox.setup;

import org.jspecify.annotations.NullMarked;

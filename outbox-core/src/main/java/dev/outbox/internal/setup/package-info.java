/**
 * What the outbox requires of its application: which DataSource it uses, and what stops the start.
 */
@NullMarked
package dev.outbox.internal.setup;

import org.jspecify.annotations.NullMarked;

/**
 * What the outbox requires of its application: which DataSource it uses, and what stops the startup.
 */
@NullMarked
package dev.outbox.internal.setup;

import org.jspecify.annotations.NullMarked;

/** The declared events: found, checked, and asked for their type and aggregate. */
@NullMarked
package dev.outbox.internal.domain;

import org.jspecify.annotations.NullMarked;

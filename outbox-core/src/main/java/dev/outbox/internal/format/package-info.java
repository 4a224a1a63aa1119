/** The formats of payloads: JSON, and which type has which. */
@NullMarked
package dev.outbox.internal.format;

import org.jspecify.annotations.NullMarked;

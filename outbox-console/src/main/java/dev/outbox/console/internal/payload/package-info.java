/** Payloads, as somebody who may see them sees them. */
@NullMarked
package dev.outbox.console.internal.payload;

import org.jspecify.annotations.NullMarked;

/** What logs say about an event, as fields. */
@NullMarked
package dev.outbox.internal.logging;

import org.jspecify.annotations.NullMarked;

/** The operator's REST API, below {@code /outbox/api}. */
@NullMarked
package dev.outbox.console.internal.api;

import org.jspecify.annotations.NullMarked;

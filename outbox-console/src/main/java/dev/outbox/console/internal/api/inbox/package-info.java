/** The operator's REST API about the inbox of a service, below {@code /outbox/api/inbox}. */
@NullMarked
package dev.outbox.console.internal.api.inbox;

import org.jspecify.annotations.NullMarked;

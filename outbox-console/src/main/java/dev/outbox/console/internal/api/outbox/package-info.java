/** The operator's REST API about outboxes, in a process that has a relay. */
@NullMarked
package dev.outbox.console.internal.api.outbox;

import org.jspecify.annotations.NullMarked;

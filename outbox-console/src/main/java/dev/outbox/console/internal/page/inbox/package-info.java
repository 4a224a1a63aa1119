/** The pages about what the inbox of a service has parked, and the decisions about it. */
@NullMarked
package dev.outbox.console.internal.page.inbox;

import org.jspecify.annotations.NullMarked;

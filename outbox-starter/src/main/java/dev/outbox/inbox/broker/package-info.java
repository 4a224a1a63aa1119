/** How the broker is asked about what the inbox reads from it. */
@NullMarked
package dev.outbox.inbox.broker;

import org.jspecify.annotations.NullMarked;

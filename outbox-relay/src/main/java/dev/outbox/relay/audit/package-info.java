/** What people have decided about an outbox, and the transaction in which a decision and its row are written together. */
@NullMarked
package dev.outbox.relay.audit;

import org.jspecify.annotations.NullMarked;

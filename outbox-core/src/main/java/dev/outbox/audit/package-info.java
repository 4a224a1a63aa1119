/** What people have decided about an outbox or an inbox, and the transaction in which a decision and its row are written together. */
@NullMarked
package dev.outbox.audit;

import org.jspecify.annotations.NullMarked;

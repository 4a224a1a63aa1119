/** The pages about an outbox: what is late, its events, its lanes and its replays. */
@NullMarked
package dev.outbox.console.internal.page.outbox;

import org.jspecify.annotations.NullMarked;

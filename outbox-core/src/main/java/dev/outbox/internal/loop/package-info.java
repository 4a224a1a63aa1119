/** Work that is done again and again on its own thread. */
@NullMarked
package dev.outbox.internal.loop;

import org.jspecify.annotations.NullMarked;

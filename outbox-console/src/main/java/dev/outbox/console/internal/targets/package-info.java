/** Where the events of an outbox go, and whether they get there. */
@NullMarked
package dev.outbox.console.internal.targets;

import org.jspecify.annotations.NullMarked;

/** Who writes: a service that keeps a ledger of what it has raised, and two sessions that are in the way. */
@NullMarked
package dev.outbox.chaos.load;

import org.jspecify.annotations.NullMarked;

/** PostgreSQL as a run has it: a server, and, where it may be lost, a standby that takes its place. */
@NullMarked
package dev.outbox.chaos.postgres;

import org.jspecify.annotations.NullMarked;

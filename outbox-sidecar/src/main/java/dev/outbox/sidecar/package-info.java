/** The relay as a process of its own, with its console, and the command line that calls the console of a running one. */
@NullMarked
package dev.outbox.sidecar;

import org.jspecify.annotations.NullMarked;

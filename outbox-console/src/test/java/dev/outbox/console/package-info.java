/** The console of a relay that runs, on real servers. */
@NullMarked
package dev.outbox.console;

import org.jspecify.annotations.NullMarked;

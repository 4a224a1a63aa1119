/** What an operator sees of a relay and decides: its settings, and who may do what. */
@NullMarked
package dev.outbox.console;

import org.jspecify.annotations.NullMarked;

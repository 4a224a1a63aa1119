/** What every contender shares: its process, its clients and the events that they raise. */
@NullMarked
package dev.outbox.benchmark.contender;

import org.jspecify.annotations.NullMarked;

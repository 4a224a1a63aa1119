/** Starts servers and contenders, runs the scenarios and writes the results. */
@NullMarked
package dev.outbox.benchmark;

import org.jspecify.annotations.NullMarked;

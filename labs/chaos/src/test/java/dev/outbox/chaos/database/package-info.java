/** The databases that runs take place on, and what can be done to each of them. */
@NullMarked
package dev.outbox.chaos.database;

import org.jspecify.annotations.NullMarked;

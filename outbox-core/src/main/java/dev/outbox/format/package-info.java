/**
 * How an event becomes bytes, and bytes become an event: implement this for a format of your own.
 */
@NullMarked
package dev.outbox.format;

import org.jspecify.annotations.NullMarked;

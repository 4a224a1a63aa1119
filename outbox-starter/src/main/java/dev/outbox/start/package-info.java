/**
 * What an application says at start about what was found in it, so that what is missing is seen.
 */
@NullMarked
package dev.outbox.start;

import org.jspecify.annotations.NullMarked;

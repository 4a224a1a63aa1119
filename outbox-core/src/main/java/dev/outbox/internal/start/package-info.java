/**
 * What an application logs at startup about what was found in it, which shows whether something is missing.
 */
@NullMarked
package dev.outbox.internal.start;

import org.jspecify.annotations.NullMarked;

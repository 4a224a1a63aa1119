/**
 * Knowing what a consumer has applied, so that what comes again changes nothing.
 */
@NullMarked
package dev.outbox.inbox.guard;

import org.jspecify.annotations.NullMarked;

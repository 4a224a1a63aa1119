/**
 * Publishing an earlier version beside the current one, for as long as some consumers know only that.
 */
@NullMarked
package dev.outbox.downcast;

import org.jspecify.annotations.NullMarked;

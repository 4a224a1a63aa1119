/** Text of any length and content, for columns of the inbox. */
@NullMarked
package dev.outbox.consumer.internal.text;

import org.jspecify.annotations.NullMarked;

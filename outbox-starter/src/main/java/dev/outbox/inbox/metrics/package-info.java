/**
 * What the consumers of the inbox count, for Micrometer if the service has it.
 */
@NullMarked
package dev.outbox.inbox.metrics;

import org.jspecify.annotations.NullMarked;

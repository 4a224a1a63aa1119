/**
 * Whether the consumers of the inbox live, for the health of the service if it has Spring Boot's.
 */
@NullMarked
package dev.outbox.inbox.health;

import org.jspecify.annotations.NullMarked;

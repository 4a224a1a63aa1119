/**
 * Whether the consumers of the inbox are alive, for the health of the service if it has Spring Boot's health support.
 */
@NullMarked
package dev.outbox.consumer.internal.health;

import org.jspecify.annotations.NullMarked;

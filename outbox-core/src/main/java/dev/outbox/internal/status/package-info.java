/** What an application shows of its outbox at an endpoint of Spring Boot's Actuator, from memory. */
@NullMarked
package dev.outbox.internal.status;

import org.jspecify.annotations.NullMarked;

/**
 * Declaring domain events: the annotations, and the catalog of the types that a service knows.
 */
@NullMarked
package dev.outbox.domain;

import org.jspecify.annotations.NullMarked;

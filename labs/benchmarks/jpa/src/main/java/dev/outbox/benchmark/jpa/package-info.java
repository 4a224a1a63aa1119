/** The outbox under JPA, and the entity that one writes by hand in its place. */
@NullMarked
package dev.outbox.benchmark.jpa;

import org.jspecify.annotations.NullMarked;

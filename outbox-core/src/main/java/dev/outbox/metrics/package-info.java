/** How the meters of the outbox are tagged, for services with Micrometer. */
@NullMarked
package dev.outbox.metrics;

import org.jspecify.annotations.NullMarked;

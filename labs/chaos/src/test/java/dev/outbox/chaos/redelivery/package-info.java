/** A topic on which much comes again, some of it late, and a service that must not be moved by that. */
@NullMarked
package dev.outbox.chaos.redelivery;

import org.jspecify.annotations.NullMarked;

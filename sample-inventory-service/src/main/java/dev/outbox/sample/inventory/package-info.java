/** The reading side of the sample: reserves stock for every order placed, or says that it cannot. */
@NullMarked
package dev.outbox.sample.inventory;

import org.jspecify.annotations.NullMarked;

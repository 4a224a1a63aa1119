/**
 * What is looked at before a service starts: that what it declares has what it needs.
 */
@NullMarked
package dev.outbox.check;

import org.jspecify.annotations.NullMarked;

/**
 * Checks in the build that each change of an event is intended, by comparing the classes with the catalog under version
 * control.
 */
@NullMarked
package dev.outbox.test.contract;

import org.jspecify.annotations.NullMarked;

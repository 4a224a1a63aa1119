/**
 * The check of the build that a change of an event is meant: it compares the classes with the catalog under version
 * control.
 */
@NullMarked
package dev.outbox.test.contract;

import org.jspecify.annotations.NullMarked;

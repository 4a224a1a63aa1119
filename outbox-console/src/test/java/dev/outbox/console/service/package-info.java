/** A service that consumes, for tests of the console. */
@NullMarked
package dev.outbox.console.service;

import org.jspecify.annotations.NullMarked;

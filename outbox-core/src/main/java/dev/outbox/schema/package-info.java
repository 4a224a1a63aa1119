/**
 * Creates the outbox tables before anything else in the service uses the database.
 */
@NullMarked
package dev.outbox.schema;

import org.jspecify.annotations.NullMarked;

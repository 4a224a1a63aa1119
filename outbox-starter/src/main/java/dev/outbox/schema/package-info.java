/**
 * When the tables of the outbox are made: before anything of the service touches the database.
 */
@NullMarked
package dev.outbox.schema;

import org.jspecify.annotations.NullMarked;

/**
 * Which DataSource of the service holds the tables of outbox and inbox.
 */
@NullMarked
package dev.outbox.datasource;

import org.jspecify.annotations.NullMarked;

/**
 * Determines which DataSource of the service holds the outbox and inbox tables.
 */
@NullMarked
package dev.outbox.internal.datasource;

import org.jspecify.annotations.NullMarked;

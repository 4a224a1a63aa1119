/**
 * The events of a service as a contract: the catalog that is kept under version control, and what people and tools read
 * of it.
 */
@NullMarked
package dev.outbox.catalog;

import org.jspecify.annotations.NullMarked;

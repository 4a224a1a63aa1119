/**
 * The events of a service as a contract: the catalog that is kept under version control, and what people and tools read from
 * it.
 */
@NullMarked
package dev.outbox.contract.internal.catalog;

import org.jspecify.annotations.NullMarked;

/** What the documentation shows of a service with a schema for each tenant, running. */
@NullMarked
package dev.outbox.tenant;

import org.jspecify.annotations.NullMarked;

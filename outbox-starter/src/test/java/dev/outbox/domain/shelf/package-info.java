/** An event whose id is of a type of the service's own. */
package dev.outbox.domain.shelf;

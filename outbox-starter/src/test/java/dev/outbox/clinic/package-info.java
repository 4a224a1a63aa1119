/** A service whose entities have a superclass of their own and ids that the database gives. */
package dev.outbox.clinic;

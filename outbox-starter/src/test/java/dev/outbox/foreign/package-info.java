/** What the documentation shows of a service that consumes what others than the outbox have sent, running. */
package dev.outbox.foreign;

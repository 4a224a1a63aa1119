/** What the documentation shows of a service that handles the notifications of cloud stores, running. */
package dev.outbox.storage;

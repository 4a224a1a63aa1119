/** A producer that goes from one version of an event to the next, while an old consumer and a new one are running. */
package dev.outbox.window;

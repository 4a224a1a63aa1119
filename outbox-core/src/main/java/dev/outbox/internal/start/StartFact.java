package dev.outbox.internal.start;

/** One part of the line that an application logs about its outbox at start. */
@FunctionalInterface
public interface StartFact {

    /** {@return a few words; called when every singleton exists} */
    String text();
}

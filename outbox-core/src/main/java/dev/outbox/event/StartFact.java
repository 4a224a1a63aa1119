package dev.outbox.event;

/** Something that the one line says which an application logs about its outbox at start. */
@FunctionalInterface
public interface StartFact {

    /** {@return a few words; asked for when every singleton exists} */
    String text();
}

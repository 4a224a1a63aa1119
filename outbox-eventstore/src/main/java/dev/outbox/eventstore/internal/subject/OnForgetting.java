package dev.outbox.eventstore.internal.subject;

/** What else happens in the transaction that forgets a subject. */
@FunctionalInterface
public interface OnForgetting {

    /** Called under the lock of the subject, before the commit. */
    void forget(String subject);
}

package dev.outbox.internal.personal;

import dev.outbox.personal.SubjectForgottenException;

/** Keeps forgotten subjects out where their keys are in other hands. */
@FunctionalInterface
public interface SubjectGuard {

    /** Lets everybody in. */
    SubjectGuard NONE = subject -> {};

    /**
     * Makes whoever forgets the subject wait for the end of the transaction.
     *
     * @throws SubjectForgottenException if the subject was forgotten
     */
    void admit(String subject);
}

package dev.outbox.personal;

/**
 * Data of a subject that was forgotten was to be stored. A forgotten subject gets no new key, because nobody could tell its new
 * data from what was forgotten.
 *
 * @since 0.1.0
 */
public final class SubjectForgottenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SubjectForgottenException(String subject) {
        super("Subject '%s' was forgotten, so no data of it can be encrypted".formatted(subject));
    }
}

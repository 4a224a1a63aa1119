package dev.outbox.relay.check;

/**
 * Something that is not as it should be.
 *
 * @param severity what follows from it
 * @param problem what is wrong, and what comes of it
 * @param mend what to do about it
 */
record Finding(Severity severity, String problem, String mend) {

    /** What follows from a finding. */
    enum Severity {
        /** The relay cannot work, or would break a promise: it does not start. */
        FATAL,
        /** A crash of the server can take back what was published: a setting decides whether the relay starts. */
        UNSAFE,
        /** The relay works; somebody may have meant something else. */
        NOTICE
    }

    static Finding fatal(String problem, String mend) {
        return new Finding(Severity.FATAL, problem, mend);
    }

    static Finding unsafe(String problem, String mend) {
        return new Finding(Severity.UNSAFE, problem, mend);
    }

    static Finding notice(String problem, String mend) {
        return new Finding(Severity.NOTICE, problem, mend);
    }
}

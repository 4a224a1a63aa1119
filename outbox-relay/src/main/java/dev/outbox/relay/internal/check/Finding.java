package dev.outbox.relay.internal.check;

/**
 * Something that is not as it should be.
 *
 * @param severity the consequence
 * @param problem what is wrong, and what it leads to
 * @param fix what to do about it
 */
record Finding(Severity severity, String problem, String fix) {

    /** The consequence of a finding. */
    enum Severity {
        /** The relay cannot work, or would break a promise: it does not start. */
        FATAL,
        /** A crash of the server can take back what was published: a setting decides whether the relay starts. */
        UNSAFE,
        /** The relay works, but the configuration may not be what somebody intended. */
        NOTICE
    }

    static Finding fatal(String problem, String fix) {
        return new Finding(Severity.FATAL, problem, fix);
    }

    static Finding unsafe(String problem, String fix) {
        return new Finding(Severity.UNSAFE, problem, fix);
    }

    static Finding notice(String problem, String fix) {
        return new Finding(Severity.NOTICE, problem, fix);
    }
}

package dev.outbox.test.contract;

/**
 * Something that keeps the build from passing.
 *
 * @param subject the event
 * @param problem what is wrong with it
 * @param fix what to do
 * @param isAcceptable whether the command that accepts changes fixes it
 */
record Finding(String subject, String problem, String fix, boolean isAcceptable) {

    /** The one command that accepts a change. */
    static final String ACCEPT = "./mvnw test -Doutbox.catalog=accept";

    /** A change that is fine if it is intended. */
    static Finding toAccept(Object subject, String problem) {
        return new Finding(subject.toString(), problem, "If this is intended, accept it:  " + ACCEPT, true);
    }

    /** Something that can be written for the first time. */
    static Finding toWrite(Object subject, String problem) {
        return new Finding(subject.toString(), problem, "To write one, run " + ACCEPT, true);
    }

    /** A change that cannot stay as it is. */
    static Finding toFix(Object subject, String problem, String fix) {
        return new Finding(subject.toString(), problem, fix, false);
    }

    @Override
    public String toString() {
        return "%s %s%s %s".formatted(subject, problem, problem.endsWith(".") ? "" : ".", fix);
    }
}

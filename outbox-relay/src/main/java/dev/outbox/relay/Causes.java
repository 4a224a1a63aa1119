package dev.outbox.relay;

import org.springframework.core.NestedRuntimeException;

/** What a failure is told as, in one line. */
final class Causes {

    private Causes() {}

    /** {@return what the server said, if it was that: around it stands nothing but the statement} */
    static String told(RuntimeException failure) {
        Throwable told = failure instanceof NestedRuntimeException nested ? nested.getMostSpecificCause() : failure;
        return told.getMessage() == null ? told.toString() : told.getMessage();
    }
}

package dev.outbox.relay;

import org.springframework.core.NestedRuntimeException;

/** Describes a failure in one line. */
final class Causes {

    private Causes() {}

    /** {@return the server's message if the failure came from the server: the text around it adds only the statement} */
    static String told(RuntimeException failure) {
        Throwable told = failure instanceof NestedRuntimeException nested ? nested.getMostSpecificCause() : failure;
        return told.getMessage() == null ? told.toString() : told.getMessage();
    }
}

package dev.outbox.setup;

/** The root cause of a failure, for the first line of a message. */
final class RootCause {

    private RootCause() {}

    static String messageOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}

package dev.outbox.setup;

/** The cause at the end, for the first line of a message. */
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

package dev.outbox.sample.demo;

/** Ends this process, in order, when the script that started it is gone. */
final class ParentWatch {

    private ParentWatch() {}

    static void exitWithParent() {
        ProcessHandle.current()
                .parent()
                .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
    }
}

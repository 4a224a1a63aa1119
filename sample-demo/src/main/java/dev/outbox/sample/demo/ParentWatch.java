package dev.outbox.sample.demo;

/** Ends this process, in order, when the script that started it is gone. */
final class ParentWatch {

    private ParentWatch() {}

    static void exitWithParent() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            Thread watch = new Thread(() -> awaitEnd(parent), "parent-watch");
            watch.setDaemon(true);
            watch.start();
        });
    }

    private static void awaitEnd(ProcessHandle parent) {
        parent.onExit().join();
        System.exit(1);
    }
}

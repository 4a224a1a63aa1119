package dev.outbox.benchmark.contender;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The process of a contender: reads commands from standard input, answers on standard output, and ends with its input,
 * so when the harness is gone. Whatever else is printed goes to standard error.
 */
public final class ContenderMain {

    private ContenderMain() {}

    /** Makes a contender. */
    @FunctionalInterface
    public interface Factory {

        /** {@return the contender, ready to raise events, its relay stopped} */
        Contender create(Settings settings) throws Exception;
    }

    /** Runs until standard input ends. */
    public static void run(Factory factory, String... arguments) throws Exception {
        PrintStream out = divertedOut();
        try (Contender contender = factory.create(Settings.of(arguments))) {
            answer(new Commands(contender), out);
        }
        exit();
    }

    /** Makes an event store. */
    @FunctionalInterface
    public interface EventStoreFactory {

        /** {@return the event store, ready for commands} */
        EventStoreContender create(Settings settings) throws Exception;
    }

    /** Runs an event store until standard input ends. */
    public static void runEventStore(EventStoreFactory factory, String... arguments) throws Exception {
        PrintStream out = divertedOut();
        try (EventStoreContender contender = factory.create(Settings.of(arguments))) {
            answer(new EventStoreCommands(contender), out);
        }
        exit();
    }

    private static PrintStream divertedOut() {
        PrintStream out = System.out;
        System.setOut(System.err);
        // The harness waits for a process that could not start, but for threads that a library has left behind.
        Thread.currentThread().setUncaughtExceptionHandler((main, failed) -> {
            failed.printStackTrace();
            System.exit(1);
        });
        return out;
    }

    private static void exit() {
        // Threads that a library has left behind must not keep the process.
        System.exit(0);
    }

    private static void answer(Answers answers, PrintStream out) throws IOException {
        out.println("ok");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            out.println(answerTo(line, answers));
        }
    }

    private static String answerTo(String line, Answers answers) {
        try {
            return "ok " + answers.to(line);
        } catch (Exception e) {
            e.printStackTrace();
            return "failed " + e;
        }
    }
}

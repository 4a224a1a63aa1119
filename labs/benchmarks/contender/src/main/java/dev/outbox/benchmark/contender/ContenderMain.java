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
        PrintStream answers = System.out;
        System.setOut(System.err);
        try (Contender contender = factory.create(Settings.of(arguments))) {
            answers.println("ok");
            answer(new Commands(contender), answers);
        }
        // Threads that a library has left behind must not keep the process.
        System.exit(0);
    }

    private static void answer(Commands commands, PrintStream answers) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answers.println(answerTo(line, commands));
        }
    }

    private static String answerTo(String line, Commands commands) {
        try {
            return "ok " + commands.execute(line);
        } catch (Exception e) {
            e.printStackTrace();
            return "failed " + e;
        }
    }
}

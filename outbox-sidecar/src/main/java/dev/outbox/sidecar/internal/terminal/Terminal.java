package dev.outbox.sidecar.internal.terminal;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a command prints, and whom it asks. Keys, reasons and payloads come from others, so what could steer a terminal is not
 * printed as it is.
 */
public final class Terminal {

    private static final Pattern STEERS = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");

    /** JSON never has those below 0x20 in a string, and may have all of these as an escape. */
    private static final Pattern STEERS_IN_JSON = Pattern.compile("[\\x7f-\\x9f\\p{Cf}]");

    private final PrintWriter out;
    private final PrintWriter err;
    private final @Nullable Prompt prompt;

    /**
     * @param prompt asks the person; null if there is nobody, or what is printed goes elsewhere
     */
    public Terminal(PrintWriter out, PrintWriter err, @Nullable Prompt prompt) {
        this.out = out;
        this.err = err;
        this.prompt = prompt;
    }

    /** {@return that of this process} */
    public static Terminal ofProcess() {
        return new Terminal(
                new PrintWriter(System.out, true, charset("stdout.encoding")),
                new PrintWriter(System.err, true, charset("stderr.encoding")),
                prompt(System.console()));
    }

    public PrintWriter out() {
        return out;
    }

    public PrintWriter err() {
        return err;
    }

    /** {@return whether a person looks at it} */
    public boolean isInteractive() {
        return prompt != null;
    }

    public void print(String text) {
        out.println(withoutSteering(text));
        out.flush();
    }

    /** Prints an answer as it came, in other words where a terminal would not print but obey. */
    public void printJson(String json) {
        out.println(STEERS_IN_JSON
                .matcher(json)
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0))));
        out.flush();
    }

    /** Says something that is not the result. */
    public void say(String text) {
        err.println(withoutSteering(text));
        err.flush();
    }

    /** Replaces the line that was printed by this before. Only a person sees that. */
    public void progress(String line) {
        err.print("\r" + withoutSteering(line));
        err.flush();
    }

    public void progressEnded() {
        err.println();
        err.flush();
    }

    /**
     * Asks for consent.
     *
     * @throws CommandFailure if there is nobody to ask, or the answer is not yes
     */
    public void confirm(String question, String withoutTerminal) {
        if (prompt == null) {
            throw new CommandFailure(
                    ExitCode.USAGE, question + " There is no terminal to ask at: say " + withoutTerminal + ".");
        }
        String answer = prompt.line(withoutSteering(question) + " [y/N] ");
        if (!answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
            throw new CommandFailure(ExitCode.REFUSED, "Nothing has changed.");
        }
    }

    /** {@return what was typed, which was not shown; nothing if there is nobody to ask} */
    public Optional<String> secret(String question) {
        return Optional.ofNullable(prompt).map(asked -> asked.secret(withoutSteering(question)));
    }

    private static String withoutSteering(String text) {
        return STEERS.matcher(text.replace("\r\n", "\n")).replaceAll("?");
    }

    /** JDK 17 does not say what the terminal understands; there it is the default. */
    private static Charset charset(String property) {
        return Charset.forName(
                System.getProperty(property, Charset.defaultCharset().name()));
    }

    private static @Nullable Prompt prompt(@Nullable Console console) {
        return console == null || !isTerminal(console)
                ? null
                : new Prompt() {

                    @Override
                    public String line(String question) {
                        String line = console.readLine("%s", question);
                        return line == null ? "" : line;
                    }

                    @Override
                    public String secret(String question) {
                        char[] secret = console.readPassword("%s", question);
                        return secret == null ? "" : new String(secret);
                    }
                };
    }

    /** Since JDK 22, there may be a console where there is no terminal. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }
}

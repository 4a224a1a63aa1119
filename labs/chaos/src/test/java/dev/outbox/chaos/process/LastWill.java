package dev.outbox.chaos.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Ends the processes that are left when this JVM ends, be it killed: nothing else would end a relay, or wake one that was
 * stopped. A shell beside us is told who is left, and kills them when our end of the pipe is gone.
 */
final class LastWill {

    private static final String SHELL = """
            trap '' INT TERM
            while read -r pids; do left=$pids; done
            [ -z "$left" ] || kill -9 $left
            """;

    private static final Set<Long> LEFT = new TreeSet<>();
    private static final Writer PIPE = start();

    private LastWill() {}

    static synchronized void include(long pid) {
        LEFT.add(pid);
        tell();
    }

    /** For one that has ended: another process may get its number. */
    static synchronized void exclude(long pid) {
        LEFT.remove(pid);
        tell();
    }

    private static Writer start() {
        try {
            return new ProcessBuilder("sh", "-c", SHELL)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .outputWriter();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tell() {
        try {
            PIPE.write(LEFT.stream().map(String::valueOf).collect(Collectors.joining(" ", "", "\n")));
            PIPE.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

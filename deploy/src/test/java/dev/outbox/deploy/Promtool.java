package dev.outbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The program that comes with Prometheus. A test that needs it is not run without it, and says so. */
final class Promtool {

    private final Path program;

    private Promtool(Path program) {
        this.program = program;
    }

    static Promtool required() {
        return new Promtool(program("promtool"));
    }

    /** {@return a program of Prometheus; if there is none, the test that asks for it is aborted} */
    static Path program(String name) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> Assumptions.abort(name
                        + " is not on the PATH, so this was not tested. It comes with Prometheus: apt-get install"
                        + " --no-install-recommends prometheus"));
    }

    /** Requires that it finds nothing to say about this. */
    String run(Path input, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(input.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
        return output;
    }

    String run(String... arguments) throws IOException, InterruptedException {
        return run(Path.of("/dev/null"), List.of(arguments));
    }
}

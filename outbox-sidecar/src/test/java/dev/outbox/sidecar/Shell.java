package dev.outbox.sidecar;

import dev.outbox.sidecar.internal.command.CommandLineTool;
import dev.outbox.sidecar.internal.terminal.Prompt;
import dev.outbox.sidecar.internal.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where commands are typed. */
final class Shell {

    private final Map<String, String> environment = new HashMap<>();

    Shell(URI url) {
        environment.put("OUTBOX_URL", url.toString());
        environment.put("OUTBOX_USER", "all");
        environment.put("OUTBOX_PASSWORD", "secret");
    }

    Shell with(String variable, @Nullable String value) {
        if (value == null) {
            environment.remove(variable);
        } else {
            environment.put(variable, value);
        }
        return this;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** Runs a command in a script. */
    Outcome run(String... arguments) {
        return run(null, arguments);
    }

    /** Runs a command at a terminal, where somebody types an answer. */
    Outcome typing(String answer, String... arguments) {
        return typing(() -> answer, arguments);
    }

    /** The same; the answer is what somebody says who does something else before. */
    Outcome typing(Supplier<String> answer, String... arguments) {
        return run(new Typist(answer), arguments);
    }

    private Outcome run(@Nullable Typist typist, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), typist);
        int exitCode = CommandLineTool.commands(terminal, environment, () -> TimeUnit.MILLISECONDS.sleep(20))
                .execute(arguments);
        return new Outcome(
                String.join(" ", Arrays.asList(arguments)),
                exitCode,
                out.toString(),
                err.toString(),
                typist == null ? List.of() : typist.questions);
    }

    /** How a command ended, and what it said. */
    record Outcome(String command, int exitCode, String out, String err, List<String> questions) {

        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    private static final class Typist implements Prompt {

        private final Supplier<String> answer;
        private final List<String> questions = new ArrayList<>();

        Typist(Supplier<String> answer) {
            this.answer = answer;
        }

        @Override
        public String line(String question) {
            questions.add(question);
            return answer.get();
        }

        @Override
        public String secret(String question) {
            return line(question);
        }
    }
}

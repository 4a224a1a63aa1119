package dev.outbox.sidecar.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What others have written into keys, reasons and payloads does not steer the terminal of who reads it. */
class TerminalTests {

    private static final String ESCAPE = "a\u001b[2Jb\u009b2Jc\u202ed\re";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), null);

    @Test
    void whatSteersATerminalIsNotPrinted() {
        terminal.print(ESCAPE + "\n\tä");
        terminal.say(ESCAPE);

        assertThat(out).hasToString("a?[2Jb?2Jc?d?e\n\tä\n");
        assertThat(err).hasToString("a?[2Jb?2Jc?d?e\n");
    }

    @Test
    void jsonMeansTheSame() {
        String json = JsonMapper.shared().writeValueAsString(ESCAPE);

        terminal.printJson(json);

        assertThat(out.toString()).doesNotContain("\u001b", "\u009b", "\u202e");
        assertThat(JsonMapper.shared().readValue(out.toString(), String.class)).isEqualTo(ESCAPE);
    }
}

package dev.outbox.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.sidecar.Shell.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On the way to the sidecar and back: who asks, what is lost, and who looks on. */
class ReachingIT {

    @RegisterExtension
    static final MigratedDatabase DATABASE = MigratedDatabase.by(OutboxSchema.class);

    private static TestSidecar sidecar;

    private Shell shell;

    @BeforeAll
    static void start() {
        sidecar = new TestSidecar(DATABASE);
    }

    @BeforeEach
    void open() {
        shell = new Shell(sidecar.url());
    }

    @AfterAll
    static void stop() {
        sidecar.close();
    }

    @Test
    void nobodyIsAnsweredWhoIsNotKnown() {
        assertThat(ended(3, "status", "--password", "wrong").err())
                .isEqualTo("outbox: %s does not know this user with this password\n".formatted(sidecar.url()));
        assertThat(ended(3, "status", "--user", "nobody").err()).contains("does not know this user");
        shell.with("OUTBOX_PASSWORD", null);
        assertThat(ended(3, "status").err())
                .isEqualTo(
                        "outbox: There is no password of all: set OUTBOX_PASSWORD. There is no terminal to ask at.\n");
        Outcome asked = shell.typing("secret", "status");
        assertThat(asked.exitCode()).isZero();
        assertThat(asked.questions()).containsExactly("Password of all at %s: ".formatted(sidecar.url()));
        assertThat(asked.out() + asked.err()).doesNotContain("secret");
        shell.with("OUTBOX_USER", null);
        assertThat(ended(3, "status").err()).startsWith("outbox: Say who you are, by --user or OUTBOX_USER");
        assertThat(ended(0, "--user", "viewer", "--password", "secret", "status")
                        .err())
                .isEmpty();
    }

    @Test
    void aRoleThatIsMissingIsARefusal() {
        assertThat(ended(1, "parked", "release", "--user", "viewer", "--seen", "1")
                        .err())
                .isEqualTo("outbox: The roles of this user do not allow this request.\n");
    }

    @Test
    void anAddressWhereNoConsoleAnswersIsNamed() throws IOException {
        assertThat(ended(3, "status", "--url", "http://localhost:1").err())
                .startsWith("outbox: Cannot reach http://localhost:1: ")
                .contains("--url");
        assertThat(ended(2, "status", "--url", "localhost:8090").err()).contains("is not the URL of a sidecar");
        shell.with("OUTBOX_URL", "not a URL");
        assertThat(ended(2, "status").err()).isEqualTo("outbox: OUTBOX_URL is not a URL: not a URL\n");
        try (Proxy page = new Proxy(sidecar.url(), 0, true)) {
            assertThat(ended(3, "status", "--url", page.url().toString()).err())
                    .contains("has answered with status 200, and not as a console does");
        }
    }

    @Test
    void aWrongCommandIsNotTheStartOfARelay() {
        assertThat(ended(2, "statsu").err()).contains("Did you mean: outbox status");
        assertThat(ended(2, "parked").err()).startsWith("Missing required subcommand");
        assertThat(ended(0, "--help").out()).startsWith("Usage: outbox ");
    }

    @Test
    void aDecisionWhoseAnswerIsLostIsAskedForOnceMoreUnderTheSameKey() throws IOException {
        int before = decisions();
        try (Proxy proxy = new Proxy(sidecar.url(), 1, false)) {
            assertThat(ended(
                                    0,
                                    "parked",
                                    "release",
                                    "--seen",
                                    "0",
                                    "--key",
                                    "x",
                                    "--url",
                                    proxy.url().toString())
                            .out())
                    .contains("release, key x, affects 0.");
            assertThat(proxy.keys()).hasSize(2).doesNotContain("null");
            assertThat(proxy.keys().get(0)).isEqualTo(proxy.keys().get(1));
        }
        assertThat(decisions()).isEqualTo(before + 1);
        try (Proxy proxy = new Proxy(sidecar.url(), 2, false)) {
            assertThat(ended(
                                    3,
                                    "parked",
                                    "release",
                                    "--seen",
                                    "0",
                                    "--key",
                                    "x",
                                    "--url",
                                    proxy.url().toString())
                            .err())
                    .contains("may or may not be decided: look at the audit");
            assertThat(proxy.keys()).hasSize(2);
        }
    }

    /** As by Ctrl-C, in a process of its own. */
    @Test
    void aReplayGoesOnWhenNobodyLooks() throws IOException, InterruptedException {
        IntStream.range(0, 200).forEach(n -> sidecar.commit("good", "{}"));
        Awaitility.await().atMost(Patience.LIMIT).until(() -> {
            Outcome estimate = shell.run("replay", "--dry-run", "--json");
            return estimate.exitCode() == 0 && estimate.json().at("/events").asInt() == 200;
        });
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SidecarApplication.class.getName(),
                "replay",
                "--yes",
                "--rate",
                "1");
        command.environment().putAll(shell.environment());
        Process process = command.start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String started = out.readLine();
            assertThat(started).contains("is running. To stop it: outbox replay stop ");
            String id = started.replaceAll(".* ", "");
            // Not that of the process itself, which closes the streams, too.
            process.toHandle().destroy();

            assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("\nReplay %1$s goes on. To stop it: outbox replay stop %1$s\n".formatted(id));
            assertThat(process.waitFor()).isNotZero();
            assertThat(ended(0, "replay", "stop", id, "--json")
                            .json()
                            .at("/state")
                            .asString())
                    .isEqualTo("RUNNING");
        }
    }

    private int decisions() {
        return ended(0, "audit", "--json").json().at("/items").size();
    }

    private Outcome ended(int exitCode, String... arguments) {
        Outcome outcome = shell.run(arguments);
        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(exitCode);
        return outcome;
    }
}

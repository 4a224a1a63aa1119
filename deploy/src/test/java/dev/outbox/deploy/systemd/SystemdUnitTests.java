package dev.outbox.deploy.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.deploy.KnownProperties;
import dev.outbox.deploy.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit of systemd: by systemd's own tools where there are any, and by what it must say in any case. */
class SystemdUnitTests {

    private static final String UNIT = "outbox-relay.service";

    /** The worst is 100; what systemd calls OK ends at 40. */
    private static final int MOST_EXPOSED = 20;

    @TempDir
    private Path folder;

    @Test
    void systemdHasNothingToSayAgainstIt() throws Exception {
        assertThat(analyze("verify", withJavaOfThisMachine().toString())).isEmpty();
    }

    @Test
    void systemdFindsItHardlyExposed() throws Exception {
        analyze(
                "security",
                "--offline=true",
                "--threshold=" + MOST_EXPOSED,
                "--no-pager",
                withJavaOfThisMachine().toString());
    }

    @Test
    void itIsStartedAgainButNotBecauseItWasStopped() {
        assertThat(values("Restart")).containsExactly("always");
        assertThat(values("SuccessExitStatus")).as("of a JVM after SIGTERM").containsExactly("143");
        assertThat(values("KillSignal")).containsExactly("SIGTERM");
        assertThat(Integer.parseInt(values("TimeoutStopSec").get(0)))
                .as("longer than the drain and the end of the JVM")
                .isGreaterThan(10 + 30);
    }

    @Test
    void itNamesOnlyPropertiesThatThereAreAndNoPassword() {
        KnownProperties properties = KnownProperties.ofClassPath();
        List<String> variables = values("Environment").stream()
                .map(variable -> variable.replaceFirst("=.*", ""))
                .filter(name -> !name.equals("JAVA_OPTIONS"))
                .toList();
        assertThat(variables).isNotEmpty().allMatch(properties::hasVariable, "is a property");
        List<String> secrets = values("LoadCredential").stream()
                .map(credential -> credential.replaceFirst(":.*", ""))
                .toList();
        assertThat(secrets).contains("spring.datasource.password").allMatch(properties::has, "is a property");
        assertThat(values("Environment").toString()).doesNotContainIgnoringCase("password");
    }

    private static List<String> values(String key) {
        return Project.read("deploy/systemd/" + UNIT)
                .lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }

    /** It looks for the program that is started. */
    private Path withJavaOfThisMachine() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Files.writeString(
                folder.resolve(UNIT), Project.read("deploy/systemd/" + UNIT).replace("/usr/bin/java", java));
    }

    /** {@return what it says, which succeeds} */
    private static String analyze(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
        return output.strip();
    }

    private static String program() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, "systemd-analyze"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseGet(() -> Assumptions.abort(
                        "systemd-analyze is not on the PATH, so the unit was only parsed. It comes with systemd."));
    }
}

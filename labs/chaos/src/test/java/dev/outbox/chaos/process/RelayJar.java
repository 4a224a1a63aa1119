package dev.outbox.chaos.process;

import dev.outbox.embedded.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The executable jar of the relay, taken apart, and the classes that a relay loads in an archive of the JVM: most of the time
 * of a run is that in which relays start, and this shortens it. The archive is that of a relay which runs and ends before the
 * first relay of this JVM.
 */
final class RelayJar {

    private static final String JAR = "chaos.relay.jar";

    /** What Spring Boot says when a relay runs. */
    private static final String STARTED = "Started RelayApplication";

    private static final Path DIRECTORY = Path.of("target", "chaos", "relay");

    private static @Nullable List<String> command;

    private RelayJar() {}

    /**
     * {@return what starts a relay, to be followed by its arguments}
     *
     * @param training starts one by {@link #trainingCommand}
     */
    static synchronized List<String> command(Supplier<ChildProcess> training) {
        if (command == null) {
            takeApart();
            ChildProcess relay = training.get();
            Awaitility.await().atMost(Patience.LIMIT).until(() -> relay.hasLogged(STARTED));
            relay.terminate();
            command = List.of("-XX:SharedArchiveFile=" + archive(), "-jar", jar().toString());
        }
        return command;
    }

    static List<String> trainingCommand() {
        return List.of("-XX:ArchiveClassesAtExit=" + archive(), "-jar", jar().toString());
    }

    private static void takeApart() {
        Path executable = Path.of(System.getProperty(JAR, ""));
        if (!Files.isRegularFile(executable)) {
            throw new IllegalStateException(
                    "No relay at '%s' (system property %s); build it by ./mvnw -pl labs/chaos -am verify"
                            .formatted(executable, JAR));
        }
        ChildProcess extract = ChildProcess.java(
                "extract",
                DIRECTORY.resolveSibling("extract.log"),
                List.of(
                        "-Djarmode=tools",
                        "-jar",
                        executable.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        DIRECTORY.toString(),
                        "--application-filename",
                        "relay.jar"),
                Map.of());
        extract.awaitEnd();
        if (!Files.isRegularFile(jar())) {
            throw new IllegalStateException("%s was not taken apart; see extract.log".formatted(executable));
        }
    }

    private static Path jar() {
        return DIRECTORY.resolve("relay.jar");
    }

    private static Path archive() {
        return DIRECTORY.resolve("relay.jsa");
    }
}

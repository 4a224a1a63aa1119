package dev.outbox.devservices.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledParentIT {

    @TempDir
    Path directory;

    @Test
    void takesItsServersWithIt() throws Exception {
        Process parent = startParent();
        try {
            int databasePort = portReportedBy(parent);
            List<ProcessHandle> servers = parent.children().toList();
            assertThat(servers).hasSize(2);

            parent.destroyForcibly();

            for (ProcessHandle server : servers) {
                server.onExit().get(1, TimeUnit.MINUTES);
            }
            assertThat(LocalPort.isOpen(databasePort)).isFalse();
        } finally {
            parent.destroyForcibly();
        }
    }

    private Process startParent() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        StartsServers.class.getName(),
                        directory.toString())
                .redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }

    private static int portReportedBy(Process process) throws IOException {
        StringBuilder output = new StringBuilder();
        BufferedReader reader = process.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(StartsServers.REPORT)) {
                return Integer.parseInt(line.substring(StartsServers.REPORT.length()));
            }
            output.append(line).append('\n');
        }
        throw new AssertionError("Ended before its servers were up:\n" + output);
    }
}

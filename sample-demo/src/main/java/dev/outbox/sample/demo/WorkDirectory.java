package dev.outbox.sample.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where data and logs lie while the demo runs. */
record WorkDirectory(Path path) {

    private static final String PROCESSES = "processes";

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Notes the child processes for the script, which ends them if this process cannot. */
    void noteProcesses() {
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            List<String> ids = children.map(child -> Long.toString(child.pid())).toList();
            Files.write(path.resolve(PROCESSES), ids);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.outbox.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of this project. */
public final class Project {

    /** The module is the folder {@code deploy}, and Maven runs its tests there. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private Project() {}

    public static Path file(String name) {
        return ROOT.resolve(name);
    }

    public static String read(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@return the files in a folder whose names end so, in the order of their names} */
    public static List<Path> files(String folder, String suffix) {
        try (Stream<Path> files = Files.list(file(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

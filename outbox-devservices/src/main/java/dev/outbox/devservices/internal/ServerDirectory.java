package dev.outbox.devservices.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Where a server keeps its data and its log; removed at the end only if it was made for this one server. */
record ServerDirectory(Path path, boolean temporary) {

    static ServerDirectory temporary(String prefix) {
        try {
            return new ServerDirectory(Files.createTempDirectory(prefix), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ServerDirectory kept(Path path) {
        try {
            return new ServerDirectory(Files.createDirectories(path).toAbsolutePath(), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    void removeIfTemporary() {
        if (!temporary) {
            return;
        }
        try {
            FileSystemUtils.deleteRecursively(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

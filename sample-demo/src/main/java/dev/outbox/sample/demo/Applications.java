package dev.outbox.sample.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The built applications. */
record Applications(Path home) {

    Path orderService() {
        return only("sample-order-service", "sample-order-service-*.jar");
    }

    Path inventoryService() {
        return only("sample-inventory-service", "sample-inventory-service-*.jar");
    }

    Path relay() {
        return only("outbox-sidecar", "outbox-sidecar-*-exec.jar");
    }

    private Path only(String module, String name) {
        Path target = home.resolve(module).resolve("target");
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, name)) {
                jars.forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (found.size() != 1) {
            throw new IllegalStateException(
                    "Expected one %s in %s, found %s; build with ./mvnw clean package".formatted(name, target, found));
        }
        return found.get(0);
    }
}

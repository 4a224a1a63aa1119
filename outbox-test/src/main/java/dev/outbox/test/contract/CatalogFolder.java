package dev.outbox.test.contract;

import dev.outbox.contract.internal.catalog.EventCatalog;
import dev.outbox.contract.internal.catalog.EventSamples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The contract files in the sources of a module: {@code src/main/resources/META-INF/outbox}.
 *
 * @param path the folder, which need not exist
 */
record CatalogFolder(Path path) {

    /** {@return the folder in this module} */
    static CatalogFolder ofModule(Path module) {
        return new CatalogFolder(module.resolve("src/main/resources").resolve(EventCatalog.FOLDER));
    }

    Optional<EventCatalog> catalog() {
        Path file = path.resolve(EventCatalog.FILE);
        return Files.exists(file) ? Optional.of(EventCatalog.parse(read(file))) : Optional.empty();
    }

    EventSamples samples() {
        Path folder = path.resolve(EventSamples.FOLDER);
        if (!Files.isDirectory(folder)) {
            return new EventSamples(Map.of());
        }
        try (Stream<Path> files = Files.list(folder)) {
            Map<String, String> texts = new TreeMap<>();
            files.filter(Files::isRegularFile)
                    .forEach(file -> texts.put(file.getFileName().toString(), read(file)));
            return new EventSamples(texts);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@return the path of the sample of a version, as a person would type it} */
    String sampleFile(String type, int version) {
        return "src/main/resources/" + EventCatalog.FOLDER + EventSamples.FOLDER + EventSamples.fileOf(type, version);
    }

    void write(EventCatalog catalog) {
        write(path.resolve(EventCatalog.FILE), catalog.toJson());
    }

    void writeSample(String type, int version, String json) {
        write(path.resolve(EventSamples.FOLDER).resolve(EventSamples.fileOf(type, version)), json);
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package dev.outbox.contract.internal.catalog;

import dev.outbox.event.EventType;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Golden samples: for each version of an event, a payload as it was once stored. They are next to the catalog, in
 * {@code samples/<type>.v<version>.json}. Immutable.
 */
public final class EventSamples {

    /** Folder of the samples, below the folder of the catalog. */
    public static final String FOLDER = "samples/";

    private static final Pattern FILE = Pattern.compile("(.+)\\.v(\\d{1,9})\\.json");

    private final Map<String, String> texts;

    /**
     * @param texts the samples by file name
     */
    public EventSamples(Map<String, String> texts) {
        this.texts = new TreeMap<>(texts);
    }

    /** {@return name of the file with the sample of a version} */
    public static String fileOf(String type, int version) {
        return type.replaceAll("[^\\w.-]", "_") + ".v" + version + ".json";
    }

    /** {@return the payload of a version, if there is a sample of it} */
    public Optional<String> of(String type, int version) {
        return Optional.ofNullable(texts.get(fileOf(type, version)));
    }

    /** {@return the versions that have samples, lowest first} */
    public Collection<Integer> versionsOf(String type) {
        return texts.keySet().stream()
                .map(FILE::matcher)
                .filter(Matcher::matches)
                .map(file -> new EventType(file.group(1), Integer.parseInt(file.group(2))))
                .filter(sample -> fileOf(type, sample.version()).equals(fileOf(sample.name(), sample.version())))
                .map(EventType::version)
                .sorted()
                .toList();
    }
}

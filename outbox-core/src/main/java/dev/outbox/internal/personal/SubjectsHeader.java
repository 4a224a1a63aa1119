package dev.outbox.internal.personal;

import dev.outbox.event.EventHeaders;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The header that says what of a payload is encrypted, and whose data it is: a JSON object with a subject for each member. Without
 * the header, nothing in a payload is taken for encrypted, whatever it looks like.
 */
public final class SubjectsHeader {

    private static final TypeReference<TreeMap<String, String>> MEMBERS = new TypeReference<>() {};

    /** Not the service's own mapper: the header must not change with a service's settings. */
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private SubjectsHeader() {}

    /** {@return the subject of each encrypted member, by its name in the payload; empty if nothing is encrypted} */
    public static Map<String, String> members(Map<String, String> headers) {
        String header = headers.get(EventHeaders.PERSONAL);
        return header == null ? Map.of() : MAPPER.readValue(header, MEMBERS);
    }

    /** {@return whose data is in an event} */
    public static Set<String> subjects(Map<String, String> headers) {
        return headers.containsKey(EventHeaders.PERSONAL)
                ? new TreeSet<>(members(headers).values())
                : Set.of();
    }

    static Map<String, String> of(Map<String, String> members) {
        return Map.of(EventHeaders.PERSONAL, MAPPER.writeValueAsString(new TreeMap<>(members)));
    }
}

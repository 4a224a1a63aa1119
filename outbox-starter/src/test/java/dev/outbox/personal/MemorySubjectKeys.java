package dev.outbox.personal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of a service that keeps them itself. */
final class MemorySubjectKeys implements SubjectKeys {

    private final Map<String, SubjectKey> keys = new HashMap<>();

    /** What looking for a key throws. */
    @Nullable
    RuntimeException away;

    @Override
    public SubjectKey current(String subject) {
        return keys.computeIfAbsent(subject, unknown -> key(unknown, keys.size()));
    }

    @Override
    public Optional<SubjectKey> find(String subject, String id) {
        if (away != null) {
            throw away;
        }
        return Optional.ofNullable(keys.get(subject)).filter(key -> key.id().equals(id));
    }

    @Override
    public void forget(String subject) {
        keys.remove(subject);
    }

    private static SubjectKey key(String subject, int number) {
        byte[] material = new byte[32];
        material[0] = (byte) number;
        return SubjectKey.of("key of " + subject, material);
    }
}

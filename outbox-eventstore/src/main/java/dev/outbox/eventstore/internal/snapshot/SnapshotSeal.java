package dev.outbox.eventstore.internal.snapshot;

import dev.outbox.event.AggregateRef;
import dev.outbox.internal.personal.PayloadCipher;
import dev.outbox.internal.personal.SealedPlace;
import dev.outbox.internal.personal.SubjectGuard;
import dev.outbox.personal.SubjectForgottenException;
import dev.outbox.personal.SubjectKey;
import dev.outbox.personal.SubjectKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Encrypts a state under the keys of all whose data may be in it, one after the other: once one of them is forgotten, nobody can
 * read it. Thread-safe.
 */
public final class SnapshotSeal {

    private final SubjectKeys keys;
    private final SubjectGuard guard;
    private final PayloadCipher cipher = new PayloadCipher();

    public SnapshotSeal(SubjectKeys keys, SubjectGuard guard) {
        this.keys = keys;
        this.guard = guard;
    }

    /** {@return the keys of those subjects that were not forgotten, and will not be before the transaction ends} */
    public SortedMap<String, SubjectKey> keysOf(Collection<String> subjects) {
        SortedMap<String, SubjectKey> found = new TreeMap<>();
        for (String subject : new TreeSet<>(subjects)) {
            try {
                guard.admit(subject);
                found.put(subject, keys.current(subject));
            } catch (SubjectForgottenException forgotten) {
                // Its data is left out.
            }
        }
        return found;
    }

    /** {@return a state, encrypted under these keys} */
    public byte[] seal(AggregateRef stream, long version, SortedMap<String, SubjectKey> under, byte[] state) {
        byte[] sealed = state;
        for (Map.Entry<String, SubjectKey> each : under.entrySet()) {
            sealed = cipher.seal(each.getValue(), place(stream, version, each.getKey()), sealed);
        }
        return sealed;
    }

    /**
     * {@return the state; empty if one of the subjects was forgotten}
     *
     * @throws IllegalArgumentException if it is not as it was sealed
     */
    public Optional<byte[]> open(AggregateRef stream, long version, SortedSet<String> subjects, byte[] sealed) {
        List<String> lastFirst = new ArrayList<>(subjects);
        Collections.reverse(lastFirst);
        byte[] state = sealed;
        for (String subject : lastFirst) {
            SealedPlace place = place(stream, version, subject);
            Optional<SubjectKey> key = keys.find(subject, cipher.keyOf(state, place));
            if (key.isEmpty()) {
                return Optional.empty();
            }
            state = cipher.open(key.get(), place, state);
        }
        return Optional.of(state);
    }

    private static SealedPlace place(AggregateRef stream, long version, String subject) {
        return new SealedPlace(stream.id(), "snapshot of " + stream.type(), String.valueOf(version), subject);
    }
}

package dev.outbox.eventstore.internal.subject;

import dev.outbox.personal.SubjectKey;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers keys for a time, counted from before they were looked up: what another instance has forgotten is read here for that
 * long at most. The keys that were added last stay, if there are too many. Thread-safe.
 */
final class KeyCache {

    private final int size;
    private final long nanosToLive;
    private final LongSupplier nanos;
    private final Map<Name, Entry> entries = new LinkedHashMap<>();
    private long drops;

    KeyCache(int size, Duration timeToLive, LongSupplier nanos) {
        this.size = size;
        this.nanosToLive = timeToLive.toNanos();
        this.nanos = nanos;
    }

    /** {@return the remembered answer, or the one that is found now} */
    Optional<SubjectKey> get(String subject, String id, Supplier<Optional<SubjectKey>> search) {
        Name name = new Name(subject, id);
        long now = nanos.getAsLong();
        Entry known = known(name);
        if (known != null && now - known.since < nanosToLive) {
            return known.key;
        }
        long before = drops();
        Optional<SubjectKey> found = search.get();
        put(name, new Entry(found, now), before);
        return found;
    }

    private synchronized @Nullable Entry known(Name name) {
        return entries.get(name);
    }

    private synchronized long drops() {
        return drops;
    }

    /** What was found before something was dropped may be what was dropped. */
    private synchronized void put(Name name, Entry entry, long dropsBefore) {
        if (drops != dropsBefore) {
            return;
        }
        entries.remove(name);
        entries.put(name, entry);
        Iterator<Name> eldest = entries.keySet().iterator();
        while (entries.size() > size) {
            eldest.next();
            eldest.remove();
        }
    }

    /** Drops all keys of a subject. */
    synchronized void drop(String subject) {
        drops++;
        entries.keySet().removeIf(name -> name.subject.equals(subject));
    }

    private record Name(String subject, String id) {}

    private record Entry(Optional<SubjectKey> key, long since) {}
}

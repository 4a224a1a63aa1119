package dev.outbox.eventstore.internal.aggregate;

import dev.outbox.event.AggregateRef;
import dev.outbox.eventstore.StoredEvent;
import dev.outbox.internal.personal.SubjectsHeader;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A state on its way through the events of its stream.
 *
 * @param version the last event that it contains
 * @param snapshotVersion the version of the snapshot that it was made of; 0 if there was none
 * @param subjects whose data may be in it
 */
record Loaded<S>(
        AggregateRef stream, long version, @Nullable S state, long snapshotVersion, SortedSet<String> subjects) {

    Loaded {
        subjects = Collections.unmodifiableSortedSet(subjects);
    }

    static <S> Loaded<S> nothingOf(AggregateRef stream) {
        return new Loaded<>(stream, 0, null, 0, new TreeSet<>());
    }

    Loaded<S> after(StoredEvent event, AggregateModel<S> model) {
        return new Loaded<>(
                stream,
                event.version(),
                model.evolve(state, event.event()),
                snapshotVersion,
                with(SubjectsHeader.subjects(event.headers())));
    }

    private SortedSet<String> with(Set<String> more) {
        if (subjects.containsAll(more)) {
            return subjects;
        }
        SortedSet<String> all = new TreeSet<>(subjects);
        all.addAll(more);
        return all;
    }
}

package dev.outbox.importer.internal.run;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.importer.ImportPlan;
import dev.outbox.importer.ImportPlan.Events;
import dev.outbox.importer.ImportPlan.Left;
import dev.outbox.importer.ImportPlan.Obstacle;
import dev.outbox.importer.PeerEvent;
import dev.outbox.importer.internal.peer.PendingRows;
import dev.outbox.importer.internal.peer.Selection;
import dev.outbox.internal.failure.Causes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts what an import would do. It remembers the keys, not the events. */
final class PlanBuilder {

    private final String source;
    private final Selection selection;
    private final Map<Type, Count> events = new LinkedHashMap<>();
    private final Map<String, Long> left = new LinkedHashMap<>();
    private final Map<String, Obstacle> obstacles = new LinkedHashMap<>();

    PlanBuilder(String source, Selection selection) {
        this.source = source;
        this.selection = selection;
    }

    void pending(PendingRows rows) {
        String handler = rows.handler();
        String type = rows.type();
        if (handler != null && !selection.handlers().contains(handler)) {
            leave("they are for %s, which outbox.import.handlers does not name".formatted(handler), rows.count());
        } else if (type == null) {
            leave("they are no events", rows.count());
        } else if (selection.ignoredTypes().contains(type)) {
            leave("outbox.import.ignored-types names %s".formatted(type), rows.count());
        } else {
            leave("they are younger than outbox.import.min-age", rows.young());
            leave("they are from before outbox.import.since", rows.old());
        }
    }

    private void leave(String why, long count) {
        if (count > 0) {
            left.merge(why, count, Long::sum);
        }
    }

    void mapped(PeerEvent row, Optional<EventEnvelope> made) {
        made.ifPresentOrElse(
                event -> events.computeIfAbsent(
                                new Type(row.type(), event.type().toString(), event.topic()), type -> new Count())
                        .add(event.aggregate()),
                () -> leave("the mapping leaves them out", 1));
    }

    void stoppedBy(PeerEvent row, RuntimeException obstacle) {
        obstacles.merge(
                "%s: %s".formatted(row.type(), Causes.inOneLine(obstacle)),
                new Obstacle(Causes.inOneLine(obstacle), 1, row.toString()),
                (known, another) -> new Obstacle(known.why(), known.count() + 1, known.first()));
    }

    ImportPlan build() {
        List<Events> counted = new ArrayList<>();
        events.forEach((type, count) ->
                counted.add(new Events(type.peerType(), type.type(), type.topic(), count.events, count.keys.size())));
        List<Left> staying = left.entrySet().stream()
                .map(entry -> new Left(entry.getKey(), entry.getValue()))
                .toList();
        return new ImportPlan(source, counted, staying, List.copyOf(obstacles.values()));
    }

    private record Type(String peerType, String type, String topic) {}

    private static final class Count {

        private final Set<AggregateRef> keys = new HashSet<>();
        private long events;

        void add(AggregateRef aggregate) {
            keys.add(aggregate);
            events++;
        }
    }
}

package dev.outbox.console.internal.api.inbox;

import dev.outbox.console.internal.consumers.InboxConsumer;
import dev.outbox.console.internal.consumers.InboxConsumer.SeenEventVersion;
import dev.outbox.console.internal.decision.InboxDecisions;
import dev.outbox.consumer.parking.ParkedInboxCause;
import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.consumer.versions.SeenVersion;
import dev.outbox.consumer.versions.SeenVersions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The consumers that have read something since this process was started, or have something parked. */
record InboxConsumers(InboxDecisions decisions, SeenVersions versions) implements InboxConsumer.Lookup {

    private static final int CAUSES = 1_000;

    @Override
    public List<InboxConsumer> all() {
        List<ParkedInboxCause> causes = decisions.parked().causes(CAUSES);
        List<SeenVersion> seen = versions.all();
        Set<String> consumers = new TreeSet<>();
        causes.forEach(cause -> consumers.add(cause.consumer()));
        seen.forEach(version -> consumers.add(version.consumer()));
        return consumers.stream()
                .map(consumer -> consumer(
                        consumer,
                        causes.stream()
                                .filter(cause -> cause.consumer().equals(consumer))
                                .toList(),
                        seen.stream()
                                .filter(version -> version.consumer().equals(consumer))
                                .toList()))
                .toList();
    }

    private static InboxConsumer consumer(String consumer, List<ParkedInboxCause> causes, List<SeenVersion> seen) {
        @Nullable
        Instant oldest = causes.stream()
                .map(ParkedInboxCause::parkedAt)
                .min(Instant::compareTo)
                .orElse(null);
        return new InboxConsumer(
                consumer,
                causes.stream().mapToLong(ParkedInboxCause::keys).sum(),
                causes.stream().mapToLong(ParkedInboxCause::events).sum(),
                keys(causes, ParkingCause.GAP),
                keys(causes, ParkingCause.FORK),
                oldest,
                seen.stream()
                        .map(version -> new SeenEventVersion(
                                version.type().name(), version.type().version(), version.events(), version.seenAt()))
                        .toList());
    }

    private static long keys(List<ParkedInboxCause> causes, ParkingCause wanted) {
        return causes.stream()
                .filter(cause -> cause.cause() == wanted)
                .mapToLong(ParkedInboxCause::keys)
                .sum();
    }
}

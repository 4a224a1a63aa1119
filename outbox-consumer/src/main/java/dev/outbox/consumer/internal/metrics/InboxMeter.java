package dev.outbox.consumer.internal.metrics;

import dev.outbox.internal.metrics.MeterText;
import dev.outbox.internal.metrics.NamedMeter;
import java.util.List;

/** The meters of a consumer of the inbox. */
public enum InboxMeter implements NamedMeter {
    RECORDS("records", "records", "Records that the consumer has finished with", "consumer", "outcome"),
    HANDLE_DELAY(
            "handle.delay",
            "seconds",
            "From the time at which an event was raised, by the clock of its producer, to the commit of its handlers",
            "consumer"),
    LAG(
            "lag",
            "records",
            "Records of its partitions that the consumer has not fetched, as of its last fetch",
            "consumer"),
    RETRIES("retries", "events", "Failed events that are tried again", "consumer"),
    OUTAGES("outages", "times", "Waits of a partition for the database or the broker", "consumer"),
    PARKINGS("parkings", "records", "Records that were parked", "consumer", "cause"),
    GAPS_PASSED("gaps.passed", "events", "Events that were admitted although an earlier one is missing", "consumer"),
    RELEASES("releases", "events", "Parked events that had their turn", "consumer", "outcome"),
    PARKED("parked", "events", "Events that are parked, whoever has parked them", "consumer"),
    PARKED_AGE("parked.age", "seconds", "How long the oldest of them has been parked", "consumer");

    @SuppressWarnings("ImmutableEnumChecker") // a record whose list is unmodifiable
    private final MeterText text;

    InboxMeter(String name, String unit, String description, String... tags) {
        this.text = new MeterText("outbox.inbox." + name, unit, description, List.of(tags));
    }

    @Override
    public MeterText text() {
        return text;
    }
}

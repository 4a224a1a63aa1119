package dev.outbox.relay.internal.metrics;

import dev.outbox.internal.metrics.MeterText;
import dev.outbox.internal.metrics.NamedMeter;
import java.util.List;

/** The meters of a relay. */
public enum RelayMeter implements NamedMeter {
    PUBLISHED("published", "events", "Events that Kafka has acknowledged", "topic"),
    PUBLISH_DELAY(
            "publish.delay",
            "seconds",
            "From the time at which an event was raised, by the clock of its service, to the acknowledgement of its"
                    + " page",
            "topic"),
    PENDING(
            "pending",
            "events",
            "Events that are not published: those that are read, and about how many more the last read has found",
            "lane"),
    PENDING_AGE(
            "pending.age",
            "seconds",
            "Age of the oldest event that is not published; at most that, if reads fail",
            "lane"),
    LANES_OWNED("lanes.owned", "lanes", "Lanes that this relay owns"),
    LANES_UNOWNED("lanes.unowned", "lanes", "Lanes that no relay owned when this one last looked"),
    LANES_LOST("lanes.lost", "times", "Lanes that this relay has lost without handing them over", "reason"),
    WAITING("lane.waiting", "seconds", "How long the lane has been waiting", "lane", "for"),
    TOPICS_HELD("topics.held", "topics", "Topics that cannot be written to, whose events are kept", "lane"),
    TOPICS_HELD_AGE("topics.held.age", "seconds", "How long the oldest event has been kept for its topic", "lane"),
    PARKED("parked", "events", "Events that are parked until a person decides", "lane"),
    PARKED_AGE("parked.age", "seconds", "How long the oldest of them has been parked", "lane"),
    PARKINGS("parkings", "events", "Events that were set aside", "cause"),
    RELEASES("releases", "events", "Events that were set aside and had their turn", "outcome"),
    REPLAYS_RUNNING("replays.running", "replays", "Replays that this process carries out"),
    REPLAYS_PUBLISHED("replays.published", "events", "Events that Kafka has acknowledged once more"),
    REPLAYS_REMAINING("replays.remaining", "events", "Events that the running replays have still to publish"),
    SLOT_HEADROOM(
            "slot.headroom",
            "seconds",
            "Time until a slot of the outbox is written to again although its events could not be removed"),
    REPLICATION_RETAINED("replication.retained", "bytes", "WAL that the server keeps for the replication slot"),
    REPLICATION_STATUS(
            "replication.status", "", "1 for what the server says about the replication slot, else 0", "status");

    @SuppressWarnings("ImmutableEnumChecker") // a record whose list is unmodifiable
    private final MeterText text;

    RelayMeter(String name, String unit, String description, String... tags) {
        this.text = new MeterText("outbox.relay." + name, unit, description, List.of(tags));
    }

    @Override
    public MeterText text() {
        return text;
    }
}

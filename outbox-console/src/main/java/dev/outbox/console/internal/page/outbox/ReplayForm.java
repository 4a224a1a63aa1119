package dev.outbox.console.internal.page.outbox;

import dev.outbox.console.internal.page.Fields;
import dev.outbox.relay.replay.EventSelection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events are to be published once more, and how.
 *
 * @param from not those raised before
 * @param until only those raised before
 * @param aggregateType kind of their aggregate
 * @param aggregateId id of their aggregate
 * @param type what happened
 * @param topic the topic that gets them all, instead of their own
 * @param eventsPerSecond how many at most in a second; without a limit if it is missing
 */
public record ReplayForm(
        @Nullable String from,
        @Nullable String until,
        @Nullable String aggregateType,
        @Nullable String aggregateId,
        @Nullable String type,
        @Nullable String topic,
        @Nullable Integer eventsPerSecond) {

    /** Takes empty fields for missing ones. */
    public ReplayForm {
        from = Fields.text(from);
        until = Fields.text(until);
        aggregateType = Fields.text(aggregateType);
        aggregateId = Fields.text(aggregateId);
        type = Fields.text(type);
        topic = Fields.text(topic);
    }

    /** {@return how many at most in a second; 0 means no limit} */
    public int rate() {
        return eventsPerSecond == null ? 0 : eventsPerSecond;
    }

    /** The end is named, so that no later event is counted or published. */
    ReplayForm untilAtLast(Instant now) {
        return until == null
                ? new ReplayForm(from, now.toString(), aggregateType, aggregateId, type, topic, eventsPerSecond)
                : this;
    }

    EventSelection selection() {
        return new EventSelection(Fields.time(from), Fields.time(until), aggregateType, aggregateId, type);
    }

    /** {@return the fields of a form that asks for the same} */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        Fields.put(fields, "from", from);
        Fields.put(fields, "until", until);
        Fields.put(fields, "aggregateType", aggregateType);
        Fields.put(fields, "aggregateId", aggregateId);
        Fields.put(fields, "type", type);
        Fields.put(fields, "topic", topic);
        Fields.put(fields, "eventsPerSecond", eventsPerSecond);
        return fields;
    }
}

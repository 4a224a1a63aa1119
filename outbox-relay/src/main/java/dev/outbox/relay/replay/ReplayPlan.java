package dev.outbox.relay.replay;

import dev.outbox.event.EventTopics;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How events are published again.
 *
 * @param topic the topic that gets them all, or null for their own topics
 * @param eventsPerSecond how many events at most are published in a second, on average over a page; 0 means no limit
 * @param events how many events there are, as an estimate has counted them, so that meters show how many are left; 0 if nobody has
 * @param goesOn is asked after each page, with the number of events published so far; false ends the replay
 * @since 0.1.0
 */
public record ReplayPlan(@Nullable String topic, int eventsPerSecond, long events, LongPredicate goesOn) {

    /**
     * @throws IllegalArgumentException if Kafka does not allow a topic of this name, or the rate is negative
     */
    public ReplayPlan {
        if (topic != null) {
            EventTopics.requireLegal(topic);
        }
        if (eventsPerSecond < 0) {
            throw new IllegalArgumentException("%d events per second; 0 means no limit".formatted(eventsPerSecond));
        }
    }

    /** {@return to their own topics, as fast as Kafka takes them, to the end} */
    public static ReplayPlan unlimited() {
        return new ReplayPlan(null, 0, 0, published -> true);
    }

    /** {@return the same to another topic} */
    public ReplayPlan to(String name) {
        return new ReplayPlan(name, eventsPerSecond, events, goesOn);
    }

    /** {@return the same with a limit} */
    public ReplayPlan limitedTo(int perSecond) {
        return new ReplayPlan(topic, perSecond, events, goesOn);
    }

    /** {@return the same, about so many events} */
    public ReplayPlan of(long counted) {
        return new ReplayPlan(topic, eventsPerSecond, counted, goesOn);
    }

    /** {@return the same for as long as this is true} */
    public ReplayPlan whilst(LongPredicate goOn) {
        return new ReplayPlan(topic, eventsPerSecond, events, goOn);
    }
}

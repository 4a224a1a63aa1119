package dev.outbox.sample.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The events of one service on their way to the other.
 *
 * @param captured rows in the outbox
 * @param published different events on the topics
 * @param repeated records of an event that was on the topics already
 * @param missing events of the outbox that are not on the topics
 * @param foreign events on the topics that are not in the outbox
 * @param consumed rows in the inbox of the other service
 */
record Flow(long captured, long published, long repeated, long missing, long foreign, long consumed) {

    static Flow of(Set<String> captured, List<String> records, long consumed) {
        Set<String> published = new HashSet<>(records);
        return new Flow(
                captured.size(),
                published.size(),
                records.size() - published.size(),
                without(captured, published),
                without(published, captured),
                consumed);
    }

    private static long without(Set<String> these, Set<String> those) {
        return these.stream().filter(id -> !those.contains(id)).count();
    }
}

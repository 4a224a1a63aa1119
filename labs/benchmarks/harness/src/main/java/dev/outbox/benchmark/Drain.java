package dev.outbox.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * One drain of one backlog. The rate counts from the first record that is seen on the topic, so that nobody pays for
 * starting.
 *
 * @param candidate whose backlog it is; its relay is stopped
 * @param first number of the first event
 * @param count of events
 */
record Drain(Candidate candidate, long first, long count) {

    Outcome measure(Duration atMost) throws IOException, SQLException, InterruptedException {
        Topic topic = candidate.topic();
        Map<TopicPartition, Long> before = topic.ends();
        long begin = topic.end();
        Cost cost = candidate.cost();
        long started = System.nanoTime();
        candidate.relay(true);
        long seen = topic.awaitEnd(begin + 1, atMost);
        double toFirst = Timing.secondsSince(started);
        long start = System.nanoTime();
        long end = topic.awaitEnd(begin + count, atMost);
        double seconds = Timing.secondsSince(start);
        Cost spent = candidate.cost().since(cost);
        candidate.relay(false);
        try (TopicReader reader = topic.readFrom(before)) {
            Arrivals arrivals = reader.read(topic.end() - begin, Duration.ofSeconds(5));
            return new Outcome(this, toFirst, (end - seen) / seconds, end - begin, spent, arrivals);
        }
    }

    private Stream<Long> numbers() {
        return LongStream.range(first, first + count).boxed();
    }

    /**
     * What came of it.
     *
     * @param drain itself
     * @param toFirst seconds from starting the relay to its first event
     * @param rate events per second
     * @param drained events until it ended or was stopped
     * @param spent on them
     * @param arrivals on the topic
     */
    record Outcome(Drain drain, double toFirst, double rate, long drained, Cost spent, Arrivals arrivals) {

        void note(String scenario, Entry entry, Results results) {
            String contender = entry.id();
            boolean completed = drained >= drain.count();
            results.add(contender, scenario, "events_per_second", rate);
            results.add(contender, scenario, "seconds_to_first_event", toFirst);
            results.count(contender, scenario, "backlog", drain.count());
            results.count(contender, scenario, "completed", completed ? 1 : 0);
            spent.per(Math.max(1, drained)).forEach((metric, value) -> results.add(contender, scenario, metric, value));
            if (completed) {
                results.count(contender, scenario, "missing", arrivals.missing(drain.numbers()));
            }
            results.count(contender, scenario, "duplicates", arrivals.duplicates());
            results.count(contender, scenario, "out_of_order", arrivals.outOfOrder());
        }
    }
}

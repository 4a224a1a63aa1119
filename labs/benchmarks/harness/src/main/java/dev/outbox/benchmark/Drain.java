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

        void note(Results.Sheet sheet) {
            boolean completed = drained >= drain.count();
            sheet.add("events_per_second", rate);
            sheet.add("seconds_to_first_event", toFirst);
            sheet.count("backlog", drain.count());
            sheet.count("completed", completed ? 1 : 0);
            sheet.costs(spent, Math.max(1, drained));
            if (completed) {
                sheet.count("missing", arrivals.missing(drain.numbers()));
            }
            sheet.faults(arrivals);
        }
    }
}

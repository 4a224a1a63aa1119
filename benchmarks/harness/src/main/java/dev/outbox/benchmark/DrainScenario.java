package dev.outbox.benchmark;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;

/**
 * A backlog is there; the relay starts. The rate counts from the first record that is seen on the topic, so that nobody
 * pays for starting.
 *
 * @param name of the scenario
 * @param backlog events
 * @param atMost when a contender that is not done is stopped; its rate is then that of what it has done
 * @param disturbance what goes on in the database meanwhile
 */
record DrainScenario(String name, long backlog, Duration atMost, Disturbance disturbance) implements Scenario {

    @Override
    public boolean suits(Entry entry) {
        return entry.hasTable() || disturbance == Disturbance.NONE;
    }

    @Override
    public void run(Candidate candidate, Results results) throws Exception {
        candidate.relayReady();
        candidate.relay(false);
        candidate.clear();
        disturbance.during(candidate, () -> {
            long first = candidate.reserve(backlog);
            candidate.service("fill " + first + " " + backlog);
            candidate.settle();
            drain(candidate, first, results);
        });
        candidate.clear();
    }

    private void drain(Candidate candidate, long first, Results results) throws Exception {
        Topic topic = candidate.topic();
        Map<TopicPartition, Long> before = topic.ends();
        long begin = topic.end();
        Cost cost = candidate.cost();
        candidate.relay(true);
        long seen = topic.awaitEnd(begin + 1, atMost);
        long start = System.nanoTime();
        long end = topic.awaitEnd(begin + backlog, atMost);
        double seconds = Timing.secondsSince(start);
        Cost spent = candidate.cost().since(cost);
        candidate.relay(false);
        String contender = candidate.entry().id();
        results.add(contender, name, "events_per_second", (end - seen) / seconds);
        spent.per(Math.max(1, end - begin)).forEach((metric, value) -> results.add(contender, name, metric, value));
        results.add(contender, name, "completed", end - begin >= backlog ? 1 : 0);
        audit(candidate, before, first, end - begin >= backlog, results);
    }

    private void audit(
            Candidate candidate, Map<TopicPartition, Long> before, long first, boolean completed, Results results) {
        String contender = candidate.entry().id();
        long count = candidate.topic().end()
                - before.values().stream().mapToLong(Long::longValue).sum();
        try (TopicReader reader = candidate.topic().readFrom(before)) {
            Arrivals arrivals = reader.read(count, Duration.ofSeconds(5));
            if (completed) {
                Set<Long> expected =
                        LongStream.range(first, first + backlog).boxed().collect(Collectors.toSet());
                results.count(contender, name, "missing", arrivals.missing(expected));
            }
            results.count(contender, name, "duplicates", arrivals.duplicates());
            results.count(contender, name, "out_of_order", arrivals.outOfOrder());
        }
    }
}

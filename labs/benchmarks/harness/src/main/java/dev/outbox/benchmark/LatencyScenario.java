package dev.outbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;

/**
 * From the return of the commit to the consumer, at a fixed rate, all on one machine and so by one clock.
 *
 * @param name of the scenario
 * @param seconds for which events come
 * @param disturbance what goes on in the database meanwhile
 */
record LatencyScenario(String name, int seconds, Disturbance disturbance) implements Scenario {

    private static final int PER_SECOND = 200;
    private static final int WARM_UP_SECONDS = 5;

    @Override
    public boolean suits(Entry entry) {
        return entry.hasTable() && (disturbance == Disturbance.NONE || !entry.isDefaults());
    }

    @Override
    public void run(Candidate candidate, Results results) throws Exception {
        candidate.clear();
        disturbance.during(candidate, () -> {
            candidate.relayReady();
            Path commits = Files.createTempFile("commits", ".txt");
            try {
                steady(candidate, WARM_UP_SECONDS, commits);
                measure(candidate, commits, results);
            } finally {
                Files.delete(commits);
                candidate.relay(false);
            }
        });
        candidate.clear();
    }

    private static long steady(Candidate candidate, int seconds, Path commits) throws IOException {
        long first = candidate.reserve((long) PER_SECOND * seconds);
        return Long.parseLong(candidate.service("steady %d %d %d %s".formatted(first, PER_SECOND, seconds, commits)));
    }

    private void measure(Candidate candidate, Path commits, Results results) throws Exception {
        Map<TopicPartition, Long> before = candidate.topic().ends();
        AtomicBoolean ended = new AtomicBoolean();
        try (TopicReader reader = candidate.topic().readFrom(before)) {
            Thread consumer = new Thread(() -> {
                while (!ended.get()) {
                    reader.poll();
                }
            });
            consumer.start();
            Cost cost = candidate.cost();
            long count = steady(candidate, seconds, commits);
            Cost spent = candidate.cost().since(cost);
            ended.set(true);
            consumer.join();
            reader.read(reader.arrivals().records() + 1, Duration.ofSeconds(1));
            Results.Sheet sheet = results.sheet(candidate, name);
            note(commits, reader.arrivals(), sheet);
            sheet.costs(spent, count);
        }
    }

    private static void note(Path commits, Arrivals arrivals, Results.Sheet sheet) throws IOException {
        List<Double> millis = new ArrayList<>();
        long missing = 0;
        for (String line : Files.readAllLines(commits)) {
            String[] numberAndMicros = line.split(" ", -1);
            Long arrived = arrivals.firstMicros().get(Long.valueOf(numberAndMicros[0]));
            if (arrived == null) {
                missing++;
            } else {
                // The record can be there before the client has heard of its commit.
                millis.add(Math.max(0, (arrived - Long.parseLong(numberAndMicros[1])) / 1e3));
            }
        }
        if (!millis.isEmpty()) {
            List<Double> sorted = millis.stream().sorted().toList();
            sheet.add("p50_ms", sorted.get(sorted.size() / 2));
            sheet.add("p99_ms", sorted.get(sorted.size() * 99 / 100));
        }
        sheet.count("missing", missing);
        sheet.faults(arrivals);
    }
}

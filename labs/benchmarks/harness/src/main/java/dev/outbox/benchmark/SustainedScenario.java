package dev.outbox.benchmark;

import dev.outbox.benchmark.contender.Numbers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Four clients as fast as they can, the relay being on. Who publishes cheaply but does not keep up is found out by what
 * was delivered when the clients stop.
 *
 * @param seconds for which the clients run
 */
record SustainedScenario(int seconds) implements Scenario {

    private static final int CLIENTS = 4;
    private static final Duration REST = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "sustained";
    }

    @Override
    public void run(Candidate candidate, Results results) throws Exception {
        candidate.clear();
        candidate.relayReady();
        // Once in vain: a service that has just started is slow for reasons of its own.
        clients(candidate, 2);
        candidate.topic().awaitEnd(Long.MAX_VALUE, Duration.ofSeconds(2));
        Map<TopicPartition, Long> before = candidate.topic().ends();
        long begin = candidate.topic().end();
        Cost cost = candidate.cost();
        Run run = clients(candidate, seconds);
        long delivered = candidate.topic().end() - begin;
        Cost spent = candidate.cost().since(cost);
        long end = candidate.topic().awaitEnd(begin + run.numbers().size(), REST);
        candidate.relay(false);
        candidate.clear();
        Results.Sheet sheet = results.sheet(candidate, name());
        sheet.add("transactions_per_second", run.rate());
        sheet.add("delivered_per_second", (double) delivered / seconds);
        sheet.add("behind_at_the_end", run.numbers().size() - (double) delivered);
        sheet.costs(spent, run.numbers().size());
        try (TopicReader reader = candidate.topic().readFrom(before)) {
            Arrivals arrivals = reader.read(end - begin, Duration.ofSeconds(5));
            sheet.count("missing", arrivals.missing(run.numbers().stream()));
            sheet.faults(arrivals);
        }
    }

    private static Run clients(Candidate candidate, int seconds) throws Exception {
        long burst = candidate.burstFor(CLIENTS);
        String[] answer = candidate
                .service("flat-out " + burst + " " + CLIENTS + " " + seconds)
                .split(" ", -1);
        Set<Long> numbers = new HashSet<>();
        for (int client = 0; client < CLIENTS; client++) {
            Numbers own = new Numbers(burst, client, CLIENTS);
            for (long i = 0; i < Long.parseLong(answer[client + 1]); i++) {
                numbers.add(own.event(i).number());
            }
        }
        candidate.used(numbers.stream().mapToLong(Long::longValue).max().orElse(0));
        return new Run(Double.parseDouble(answer[0]), numbers);
    }

    private record Run(double rate, Set<Long> numbers) {}
}

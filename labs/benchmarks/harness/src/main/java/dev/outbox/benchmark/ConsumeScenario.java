package dev.outbox.benchmark;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A topic is filled; the consumer starts. The rate counts from the first committed effects to the last, so that nobody pays
 * for joining the group.
 *
 * @param name of the scenario
 * @param backlog events; {@code eventsOfSlow} of those that commit each alone
 * @param atMost when one that is not done is given up
 */
record ConsumeScenario(String name, Backlog backlog, Duration atMost) implements Scenario {

    private static final int LOOK_EVERY_MILLIS = 5;

    private static final String EFFECTS = "select coalesce(max(id), 0) from effect";
    private static final String DISTINCT = "select count(distinct mark) from effect";
    private static final String ALL = "select count(*) from effect";

    @Override
    public boolean suits(Entry entry) {
        return entry.isConsumer();
    }

    @Override
    public void run(Candidate candidate, Results results) throws Exception {
        candidate.clear();
        long count = backlog.of(candidate.entry());
        candidate.fillTopic(count);
        candidate.settle();
        try (Database database = candidate.database()) {
            Cost cost = candidate.cost();
            candidate.relay(true);
            long seen = await(database, 1);
            long start = System.nanoTime();
            long end = await(database, count);
            double seconds = Timing.secondsSince(start);
            Cost spent = candidate.cost().since(cost);
            candidate.relay(false);
            Results.Sheet sheet = results.sheet(candidate, name);
            sheet.add("events_per_second", (end - seen) / seconds);
            sheet.count("backlog", count);
            sheet.costs(spent, count);
            long distinct = database.number(DISTINCT);
            sheet.count("missing", count - distinct);
            sheet.count("duplicates", database.number(ALL) - distinct);
            System.out.printf("%s %s %.0f events/s%n", name, sheet.contender(), (end - seen) / seconds);
        }
    }

    private long await(Database database, long wanted) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        long effects = database.number(EFFECTS);
        while (effects < wanted) {
            if (System.nanoTime() - start > atMost.toNanos()) {
                throw new IllegalStateException(
                        "%s: %d effects of %d within %s".formatted(name, effects, wanted, atMost));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            effects = database.number(EFFECTS);
        }
        return effects;
    }
}

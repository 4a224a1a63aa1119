package dev.outbox.benchmark.contender;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What the harness can ask of an event store. */
final class EventStoreCommands implements Answers {

    private static final int PER_SECOND = 200;
    private static final long LOOK_EVERY_MILLIS = 100;

    private final EventStoreContender contender;

    EventStoreCommands(EventStoreContender contender) {
        this.contender = contender;
    }

    @Override
    public String to(String line) throws Exception {
        String[] words = line.split(" ", -1);
        return switch (words[0]) {
            case "deposits" ->
                Double.toString(clients(words[1], Integer.parseInt(words[2]))
                        .flatOut(Integer.parseInt(words[3]), seconds(words[4])));
            case "fill" -> fill(Long.parseLong(words[1]));
            case "rebuild" -> rebuild(Long.parseLong(words[1]), seconds(words[2]));
            case "changes" -> changes(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "steady" -> steady(seconds(words[1]), () -> true);
            case "steady-during-rebuild" -> steadyDuringRebuild(seconds(words[1]));
            default -> throw new IllegalArgumentException("Unknown command: " + line);
        };
    }

    private AccountClients clients(String kind, int commandsPerAccount) {
        return new AccountClients(
                kind.equals("snapshots") ? contender::depositWithSnapshots : contender::deposit, commandsPerAccount);
    }

    /** Slices that alternate: answers with one word per kind, its name and then the rate of each slice. */
    private String changes(int clients, int rounds) throws Exception {
        return Slices.of(List.of(Change.values()), rounds, kind -> {
            AtomicLong next = new AtomicLong();
            return new AccountClients(
                            (account, version) -> contender.change(
                                    kind, new BenchmarkEvent(next.getAndIncrement() * BenchmarkEvent.BURST)),
                            1)
                    .flatOut(clients, Slices.LENGTH);
        });
    }

    private String fill(long events) {
        contender.fill(events);
        return "";
    }

    /** Answers with events and seconds. A rebuild that takes longer is stopped, and its rate is that of what it has done. */
    private String rebuild(long events, Duration atMost) throws Exception {
        long start = System.nanoTime();
        contender.startRebuild();
        try {
            long done = contender.rebuilt();
            while (done != EventStoreContender.DONE && System.nanoTime() - start < atMost.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
                done = contender.rebuilt();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return (done == EventStoreContender.DONE ? events : done) + " " + seconds;
        } finally {
            contender.stopRebuild();
        }
    }

    private String steadyDuringRebuild(Duration duration) throws Exception {
        contender.startRebuild();
        try {
            return steady(duration, () -> contender.rebuilt() != EventStoreContender.DONE);
        } finally {
            contender.stopRebuild();
        }
    }

    /** Answers with the number of commands, and p50 and p99 in microseconds. */
    private String steady(Duration duration, BooleanSupplier goesOn) {
        AccountClients.Steady client = clients("plain", EventStoreContender.SNAPSHOT_EVERY).new Steady();
        long interval = Duration.ofSeconds(1).toNanos() / PER_SECOND;
        List<Long> nanos = new ArrayList<>();
        long start = System.nanoTime();
        for (long next = 0;
                next < duration.toNanos() && (nanos.size() % PER_SECOND != 0 || goesOn.getAsBoolean());
                next += interval) {
            LockSupport.parkNanos(start + next - System.nanoTime());
            nanos.add(client.execute());
        }
        List<Long> sorted = nanos.stream().sorted().toList();
        return "%d %d %d"
                .formatted(
                        sorted.size(),
                        sorted.get(sorted.size() / 2) / 1_000,
                        sorted.get(sorted.size() * 99 / 100) / 1_000);
    }

    private static Duration seconds(String word) {
        return Duration.ofSeconds(Long.parseLong(word));
    }
}

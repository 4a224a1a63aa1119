package dev.outbox.benchmark.contender;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What the harness can ask of a contender. */
final class Commands implements Answers {

    private static final int FILL_TRANSACTION = 500;

    private final Contender contender;

    Commands(Contender contender) {
        this.contender = contender;
    }

    @Override
    public String to(String line) throws Exception {
        String[] words = line.split(" ", -1);
        return switch (words[0]) {
            case "relay" -> relay(words[1].equals("on"));
            case "clear" -> clear();
            case "fill" -> fill(number(words[1]), number(words[2]));
            case "steady" -> steady(number(words[1]), Integer.parseInt(words[2]), seconds(words[3]), Path.of(words[4]));
            case "flat-out" -> flatOut(number(words[1]), Integer.parseInt(words[2]), seconds(words[3]));
            case "slices" -> slices(number(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            default -> throw new IllegalArgumentException("Unknown command: " + line);
        };
    }

    private String relay(boolean on) throws Exception {
        if (on) {
            contender.startRelay();
        } else {
            contender.stopRelay();
        }
        return "";
    }

    private String clear() {
        contender.clear();
        return "";
    }

    /** A backlog, raised in the contender's own way; many events per transaction, for it is not what is measured. */
    private String fill(long first, long count) {
        for (long next = first; next < first + count; next += FILL_TRANSACTION) {
            long from = next;
            long to = Math.min(next + FILL_TRANSACTION, first + count);
            contender.business().transaction().executeWithoutResult(status -> {
                for (long number = from; number < to; number++) {
                    contender.raise(new BenchmarkEvent(number));
                }
            });
        }
        return "";
    }

    /** One event per transaction at a fixed rate; number and time of commit of each go to the file. */
    private String steady(long first, int perSecond, Duration duration, Path commits) throws IOException {
        long interval = Duration.ofSeconds(1).toNanos() / perSecond;
        long count = duration.toNanos() / interval;
        long start = System.nanoTime();
        try (Writer file = Files.newBufferedWriter(commits)) {
            for (long i = 0; i < count; i++) {
                LockSupport.parkNanos(start + i * interval - System.nanoTime());
                Writing.EVENT.inTransaction(contender, new BenchmarkEvent(first + i));
                long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
                file.write(first + i + " " + micros + "\n");
            }
        }
        return Long.toString(count);
    }

    /** Answers with transactions per second, then the number of events of each client. */
    private String flatOut(long firstBurst, int clients, Duration duration)
            throws InterruptedException, ExecutionException {
        try (Clients all = new Clients(contender, firstBurst, clients)) {
            double rate = all.run(Writing.EVENT, duration);
            return rate + " "
                    + Arrays.stream(all.counts()).mapToObj(Long::toString).collect(Collectors.joining(" "));
        }
    }

    private String slices(long firstBurst, int clients, int rounds) throws Exception {
        return new PublishCost(contender, rounds).measure(firstBurst, clients);
    }

    private static long number(String word) {
        return Long.parseLong(word);
    }

    private static Duration seconds(String word) {
        return Duration.ofSeconds(Long.parseLong(word));
    }
}

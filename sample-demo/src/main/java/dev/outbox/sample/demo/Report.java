package dev.outbox.sample.demo;

import java.io.PrintStream;
import java.util.List;

/** Says what happened, station by station. */
record Report(Tally tally) {

    void print(PrintStream out) {
        Flow placements = tally.placements();
        Flow answers = tally.answers();
        Outcome outcome = tally.outcome();
        out.println();
        out.println("What happened, counted in the databases and on the topics:");
        out.println();
        station(out, 1, outcome.written(), "orders written by the order service");
        station(out, 2, placements.captured(), "OrderPlaced captured in its outbox, in the same transactions");
        station(out, 3, placements.published(), "published to Kafka by the relay beside it");
        station(out, 4, placements.consumed(), "consumed by the inventory service");
        station(
                out,
                5,
                outcome.reserved(),
                "reserved, and %d rejected for want of stock".formatted(outcome.rejected()));
        station(out, 6, answers.captured(), "answers captured in the outbox of the inventory service");
        station(out, 7, answers.published(), "published to Kafka by the relay inside it");
        station(out, 8, answers.consumed(), "consumed by the order service");
        station(out, 9, outcome.confirmed(), "orders confirmed, and %d rejected".formatted(outcome.declined()));
        out.println();
        verdict(out);
    }

    private void verdict(PrintStream out) {
        List<String> problems = tally.problems();
        if (problems.isEmpty()) {
            out.println("Nothing lost, nothing twice.");
        } else {
            out.println("This is wrong:");
            problems.forEach(problem -> out.println("  " + problem));
        }
    }

    private static void station(PrintStream out, int number, long count, String text) {
        out.printf("  %d. %6d  %s%n", number, count, text);
    }
}

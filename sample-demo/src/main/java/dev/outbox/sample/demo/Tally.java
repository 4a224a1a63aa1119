package dev.outbox.sample.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * All that was counted, and whether it adds up.
 *
 * @param orders orders placed over HTTP
 * @param placements from the order service to the inventory service
 * @param answers from the inventory service to the order service
 * @param outcome orders and reservations
 * @param unexplained stock that is gone but not in a confirmed order; negative where it is the other way round
 */
record Tally(long orders, Flow placements, Flow answers, Outcome outcome, Stock unexplained) {

    long published() {
        return placements.published() + answers.published();
    }

    /** {@return records of an event that was there already, and articles of which more was taken than ordered} */
    long duplicates() {
        return placements.repeated() + answers.repeated() + unexplained.positive();
    }

    /** {@return events that did not arrive on the topics, and orders without a decision} */
    long lost() {
        return placements.missing() + answers.missing() + outcome.undecided();
    }

    /** {@return everything that is not as it must be, in words} */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        expect(problems, "orders written", outcome.written(), "orders placed", orders);
        expect(problems, "events captured by the order service", placements.captured(), "orders placed", orders);
        expect(problems, "events published", published(), "outbox rows", placements.captured() + answers.captured());
        expect(problems, "events on the topics that are in no outbox", placements.foreign() + answers.foreign());
        expect(problems, "orders consumed", placements.consumed(), "orders placed", orders);
        expect(problems, "reserved and rejected", outcome.reserved() + outcome.rejected(), "orders placed", orders);
        expect(problems, "answers consumed", answers.consumed(), "orders placed", orders);
        expect(problems, "orders confirmed", outcome.confirmed(), "reserved", outcome.reserved());
        expect(problems, "orders that contradict their reservation", outcome.contradicting());
        expect(problems, "articles of which less was taken than ordered", unexplained.negative());
        expect(problems, "duplicates", duplicates());
        expect(problems, "lost", lost());
        return problems;
    }

    /** {@return the result in one line} */
    String line() {
        return "orders=%d published=%d reserved=%d rejected=%d confirmed=%d duplicates=%d lost=%d"
                .formatted(
                        orders,
                        published(),
                        outcome.reserved(),
                        outcome.rejected(),
                        outcome.confirmed(),
                        duplicates(),
                        lost());
    }

    private static void expect(List<String> problems, String what, long actual, String other, long expected) {
        if (actual != expected) {
            problems.add("%s: %d, but %s: %d".formatted(what, actual, other, expected));
        }
    }

    private static void expect(List<String> problems, String what, long actual) {
        if (actual != 0) {
            problems.add("%s: %d".formatted(what, actual));
        }
    }
}

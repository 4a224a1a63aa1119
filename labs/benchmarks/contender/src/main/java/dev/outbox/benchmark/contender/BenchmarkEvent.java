package dev.outbox.benchmark.contender;

import java.util.UUID;

/**
 * One event, known by its number alone. Numbers come in bursts of five per aggregate, close enough to each other to be
 * torn apart by whoever does not keep order.
 *
 * @param number identifies the event within its topic
 */
public record BenchmarkEvent(long number) {

    /** Consecutive numbers of one aggregate. */
    public static final int BURST = 5;

    /** How many aggregates there are. */
    public static final int KEYS = 1_000;

    /** Size of the payload in bytes. */
    public static final int SIZE = 500;

    /** Around the number in the payload, so that it is found however a contender wraps the payload. */
    public static final char MARK = '@';

    private static final String TEXT = "lorem ipsum dolor sit amet consectetur ".repeat(SIZE / 39 + 1);
    private static final String FRAME = "{\"key\":\"\",\"mark\":\"\",\"text\":\"\"}";

    /** {@return the id of the aggregate} */
    public String key() {
        return "account-" + number / BURST % KEYS;
    }

    /** {@return the number between its marks} */
    public String mark() {
        return MARK + Long.toString(number) + MARK;
    }

    /** {@return what fills the payload up to its size} */
    public String text() {
        return TEXT.substring(0, SIZE - FRAME.length() - key().length() - mark().length());
    }

    /** {@return the event as JSON, as a serialiser would write it} */
    public String json() {
        return "{\"key\":\"" + key() + "\",\"mark\":\"" + mark() + "\",\"text\":\"" + text() + "\"}";
    }

    /** {@return a new identity; every contender pays for one} */
    public static UUID newId() {
        return UUID.randomUUID();
    }
}

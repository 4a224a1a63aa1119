package dev.outbox.relay.internal.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.outbox.event.EventHeaders;
import java.time.Instant;
import java.util.Arrays;

/**
 * {@link EventHeaders#TIME} in UTC, in microseconds, which is what the column holds and what Debezium writes. The text
 * before the fraction is kept from one event to the next, because events come close together, and formatting a time costs
 * as much as the rest of a record. For use by a single thread.
 */
final class TimeHeader {

    private static final int NANOS_OF_MICRO = 1_000;
    private static final int DIGITS = 6;
    private static final int RADIX = 10;

    private long second = Long.MIN_VALUE;
    private byte[] text = {};

    byte[] of(Instant time) {
        if (time.getEpochSecond() != second) {
            second = time.getEpochSecond();
            text = Instant.ofEpochSecond(second).toString().getBytes(US_ASCII);
        }
        return withFraction(time.getNano() / NANOS_OF_MICRO);
    }

    /** {@return the text with the fraction inserted before the time zone} */
    private byte[] withFraction(int micros) {
        int point = text.length - 1;
        byte[] whole = Arrays.copyOf(text, text.length + 1 + DIGITS);
        whole[point] = '.';
        int rest = micros;
        for (int i = point + DIGITS; i > point; i--) {
            whole[i] = (byte) ('0' + rest % RADIX);
            rest /= RADIX;
        }
        whole[whole.length - 1] = 'Z';
        return whole;
    }
}

package dev.outbox.relay.internal.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.outbox.event.EventHeaders;
import java.time.Instant;
import java.util.Arrays;

/**
 * {@link EventHeaders#TIME} in UTC, as {@link Instant#toString} writes it. The text before the fraction is kept from one
 * event to the next, because events come close together, and formatting a time costs as much as the rest of a record. For
 * use by a single thread.
 */
final class TimeHeader {

    private static final int NANOS_OF_MILLI = 1_000_000;
    private static final int NANOS_OF_MICRO = 1_000;
    private static final int MILLI_DIGITS = 3;
    private static final int MICRO_DIGITS = 6;
    private static final int NANO_DIGITS = 9;
    private static final int RADIX = 10;

    private long second = Long.MIN_VALUE;
    private byte[] text = {};

    byte[] of(Instant time) {
        if (time.getEpochSecond() != second) {
            second = time.getEpochSecond();
            text = Instant.ofEpochSecond(second).toString().getBytes(US_ASCII);
        }
        int nano = time.getNano();
        if (nano == 0) {
            return text;
        }
        if (nano % NANOS_OF_MILLI == 0) {
            return withFraction(nano / NANOS_OF_MILLI, MILLI_DIGITS);
        }
        return nano % NANOS_OF_MICRO == 0
                ? withFraction(nano / NANOS_OF_MICRO, MICRO_DIGITS)
                : withFraction(nano, NANO_DIGITS);
    }

    /** {@return the text with the fraction inserted before the time zone} */
    private byte[] withFraction(int fraction, int digits) {
        int point = text.length - 1;
        byte[] whole = Arrays.copyOf(text, text.length + 1 + digits);
        whole[point] = '.';
        int rest = fraction;
        for (int i = point + digits; i > point; i--) {
            whole[i] = (byte) ('0' + rest % RADIX);
            rest /= RADIX;
        }
        whole[whole.length - 1] = 'Z';
        return whole;
    }
}

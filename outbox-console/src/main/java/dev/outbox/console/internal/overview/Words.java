package dev.outbox.console.internal.overview;

import java.time.Duration;

/** Numbers and times, as a person says them. */
public final class Words {

    private Words() {}

    /** {@return a number of things, such as {@code 1 event} or {@code 2 events}} */
    public static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** {@return how long something lasts, in its two largest units, such as {@code 2 h 5 min}} */
    public static String lasting(Duration duration) {
        if (duration.toDays() > 0) {
            return "%d d %d h".formatted(duration.toDays(), duration.toHoursPart());
        }
        if (duration.toHours() > 0) {
            return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
        }
        if (duration.toMinutes() > 0) {
            return "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
        }
        return "%d s".formatted(Math.max(0, duration.toSeconds()));
    }
}

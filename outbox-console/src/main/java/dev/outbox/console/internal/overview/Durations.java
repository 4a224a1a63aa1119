package dev.outbox.console.internal.overview;

import java.time.Duration;

/** How long something lasts, in words. */
public final class Durations {

    private Durations() {}

    /** {@return the two largest units, such as {@code 2 h 5 min}} */
    public static String words(Duration duration) {
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

package dev.outbox.eventstore.internal.projection.generation;

import dev.outbox.eventstore.internal.projection.log.LogPosition;
import dev.outbox.eventstore.internal.projection.log.StoredLog;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Where a generation begins. */
public interface ProjectionStart {

    /** With the first event. */
    ProjectionStart BEGINNING = stored -> LogPosition.START;

    /** With what is committed from then on. */
    ProjectionStart NOW = StoredLog::now;

    /** {@return the position of a generation that is begun now} */
    LogPosition in(StoredLog stored);

    /** {@return with the first event that was raised at that time or later} */
    static ProjectionStart at(Instant time) {
        return stored -> stored.since(time);
    }

    /**
     * {@return what a setting says}
     *
     * @param setting {@code beginning}, {@code now}, or a time with its offset, such as {@code 2026-01-31T00:00:00Z}
     * @throws IllegalArgumentException if it is neither
     */
    static ProjectionStart of(String setting) {
        return switch (setting) {
            case "beginning" -> BEGINNING;
            case "now" -> NOW;
            default -> {
                try {
                    yield at(OffsetDateTime.parse(setting).toInstant());
                } catch (DateTimeParseException neither) {
                    throw new IllegalArgumentException(
                            "'%s' is neither 'beginning' nor 'now' nor a time such as 2026-01-31T00:00:00Z"
                                    .formatted(setting),
                            neither);
                }
            }
        };
    }
}

package dev.outbox.internal.setup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A column for a time in UTC that has no time zone, as tables have on other databases than PostgreSQL. It is written and read as
 * text, because drivers convert times to the time zone of the session or of the JVM.
 */
public final class UtcColumn {

    private UtcColumn() {}

    /** {@return the time as text for a statement, to the microsecond} */
    public static String write(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).toString().replace('T', ' ').replace("Z", "");
    }

    /** {@return the time in this column, which is not null} */
    public static Instant read(ResultSet row, String column) throws SQLException {
        return parse(row.getString(column));
    }

    /** {@return the time in this column; null if it is null} */
    public static @Nullable Instant find(ResultSet row, String column) throws SQLException {
        String time = row.getString(column);
        return time == null ? null : parse(time);
    }

    private static Instant parse(String time) {
        return Instant.parse(time.replace(' ', 'T') + "Z");
    }
}

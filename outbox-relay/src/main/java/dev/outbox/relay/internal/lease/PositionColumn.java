package dev.outbox.relay.internal.lease;

import dev.outbox.relay.internal.log.Position;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The column {@code position} of {@code outbox_lane}. */
final class PositionColumn {

    private PositionColumn() {}

    /** {@return the position; for a lane that has not published anything yet, the start} */
    static Position read(ResultSet row) throws SQLException {
        String position = row.getString("position");
        return position == null ? Position.START : Position.parse(position);
    }
}

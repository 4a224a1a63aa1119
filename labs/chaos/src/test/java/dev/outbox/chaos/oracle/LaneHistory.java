package dev.outbox.chaos.oracle;

import dev.outbox.relay.internal.log.Position;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Has the database note every write of a lane's row, and by whom. */
public final class LaneHistory {

    private static final String NOTE_WRITES = """
            create table lane_history (
                write bigint generated always as identity primary key,
                writer text not null,
                is_new boolean not null,
                lane smallint not null,
                owner text,
                epoch bigint not null,
                position text
            );
            create function note_lane() returns trigger language plpgsql as $$
            begin
                insert into lane_history (writer, is_new, lane, owner, epoch, position)
                values (current_setting('application_name'), tg_op = 'INSERT', new.lane, new.owner, new.epoch, new.position);
                return null;
            end $$;
            create trigger note_lane after insert or update on outbox_lane for each row execute function note_lane()
            """;

    /** Writes of one lane wait for each other, so their numbers are in order. */
    private static final String WRITES = """
            select writer, is_new, lane, owner, epoch, position
            from lane_history
            order by write
            """;

    private final JdbcClient jdbc;

    public LaneHistory(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Begins to note, from the rows that are there. */
    public void begin() {
        jdbc.sql(NOTE_WRITES).update();
    }

    /** {@return all writes so far} */
    public List<LaneRow> writes() {
        return jdbc.sql(WRITES)
                .query((row, rowNumber) -> {
                    @Nullable String position = row.getString("position");
                    return new LaneRow(
                            row.getString("writer"),
                            row.getBoolean("is_new"),
                            row.getInt("lane"),
                            row.getString("owner"),
                            row.getLong("epoch"),
                            position == null ? Position.START : Position.parse(position));
                })
                .list();
    }
}

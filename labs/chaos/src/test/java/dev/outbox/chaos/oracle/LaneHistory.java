package dev.outbox.chaos.oracle;

import dev.outbox.chaos.database.MariaDb;
import dev.outbox.embedded.DatabaseKind;
import dev.outbox.relay.internal.log.Position;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Has the database note every write of a lane's row, and by whom. Where published events are deleted, that is noted too, as a write
 * under the epoch that the lane has at that moment.
 */
public final class LaneHistory {

    private static final List<String> NOTE_WRITES_ON_POSTGRES = List.of("""
            create table lane_history (
                number bigint generated always as identity primary key,
                writer text not null,
                is_new boolean not null,
                lane smallint not null,
                owner text,
                epoch bigint not null,
                position text
            )
            """, """
            create function note_lane() returns trigger language plpgsql as $$
            begin
                insert into lane_history (writer, is_new, lane, owner, epoch, position)
                values (current_setting('application_name'), tg_op = 'INSERT', new.lane, new.owner, new.epoch, new.position);
                return null;
            end $$
            """, """
            create trigger note_lane after insert or update on outbox_lane for each row execute function note_lane()
            """);

    private static final List<String> NOTE_WRITES_ON_MARIADB =
            List.of("""
            create table lane_history (
                number bigint auto_increment primary key,
                writer varchar(255) not null,
                is_new boolean not null,
                lane tinyint not null,
                owner varchar(255),
                epoch bigint not null,
                position varchar(1)
            )
            """, """
            create function program() returns varchar(255) not deterministic reads sql data
            return (%s)
            """.formatted(MariaDb.PROGRAM_OF_SESSION), """
            create trigger note_new_lane after insert on outbox_lane for each row
            insert into lane_history (writer, is_new, lane, owner, epoch)
            values (program(), true, new.lane, new.owner, new.epoch)
            """, """
            create trigger note_lane after update on outbox_lane for each row
            insert into lane_history (writer, is_new, lane, owner, epoch)
            values (program(), false, new.lane, new.owner, new.epoch)
            """, """
            create trigger note_deletion after delete on outbox_event for each row
            insert into lane_history (writer, is_new, lane, owner, epoch)
            select program(), false, lane, owner, epoch
            from outbox_lane
            where old.bucket >= floor(lane * 64 / lanes) and old.bucket < floor((lane + 1) * 64 / lanes)
            """);

    /** Writes of one lane wait for each other, so their numbers are in order. */
    private static final String WRITES = """
            select writer, is_new, lane, owner, epoch, position
            from lane_history
            order by number
            """;

    private final JdbcClient jdbc;

    private LaneHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Begins to note, from the rows that are there. */
    public static LaneHistory begin(DatabaseKind kind, DataSource dataSource) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        List<String> noteWrites = kind == DatabaseKind.POSTGRESQL ? NOTE_WRITES_ON_POSTGRES : NOTE_WRITES_ON_MARIADB;
        noteWrites.forEach(statement -> jdbc.sql(statement).update());
        return new LaneHistory(jdbc);
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

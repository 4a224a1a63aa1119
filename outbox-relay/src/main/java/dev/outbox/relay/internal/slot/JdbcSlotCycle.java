package dev.outbox.relay.internal.slot;

import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the cycle of the slots from the catalog, so that it is defined in one place: where the rows get their slot. */
final class JdbcSlotCycle {

    /** The partition of stored events is no slot: it is never written to in turn, and never truncated. */
    private static final String SLOTS = """
            select
                pg_get_expr(adbin, adrelid) as slot,
                (
                    select count(*)
                    from pg_inherits
                    where inhparent = adrelid and inhrelid is distinct from to_regclass('outbox_event_stored')
                ) as partitions
            from pg_attrdef join pg_attribute on attrelid = adrelid and attnum = adnum
            where adrelid = 'outbox_event'::regclass and attname = 'slot'
            """;

    /** For example {@code floor(EXTRACT(epoch FROM now()) / (21600)::numeric)::bigint % (4)::bigint}. */
    private static final Pattern BY_TIME =
            Pattern.compile("floor\\(.*epoch.*now\\(\\).* / \\(?(\\d+)\\b.* % \\(?(\\d+)\\b.*");

    private final JdbcClient jdbc;

    JdbcSlotCycle(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
    }

    SlotCycle read() {
        return jdbc.sql(SLOTS)
                .query((row, rowNumber) -> cycle(row.getString("slot"), row.getInt("partitions")))
                .single();
    }

    private static SlotCycle cycle(String expression, int partitions) {
        Matcher matcher = BY_TIME.matcher(expression);
        if (!matcher.find()) {
            throw new IllegalStateException(
                    ("The default of outbox_event.slot does not say how long a slot is written to: %s. It must be"
                                    + " floor(extract(epoch from now()) / <seconds>)::bigint %% <slots>")
                            .formatted(expression));
        }
        int slots = Integer.parseInt(matcher.group(2));
        if (slots != partitions) {
            throw new IllegalStateException(
                    ("Events are written to %d slots by the default of outbox_event.slot, but the table has %d partitions;"
                                    + " there must be one for each slot, outbox_event_0 to outbox_event_%d")
                            .formatted(slots, partitions, slots - 1));
        }
        return new SlotCycle(slots, Duration.ofSeconds(Long.parseLong(matcher.group(1))));
    }
}

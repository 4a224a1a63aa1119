package dev.outbox.relay.internal.slot;

import static dev.outbox.producer.internal.write.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.schema.OutboxSchema;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcSlotCycleIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @Test
    void theTablesAreMadeWithTheDefault() {
        assertThat(SlotCycle.postgres(database.dataSource())).isEqualTo(SlotCycle.DEFAULT);
    }

    @Test
    void slotsCanBeMadeLonger() {
        slotIs("floor(extract(epoch from now()) / 302400)::bigint % 4");

        SlotCycle cycle = SlotCycle.postgres(database.dataSource());

        assertThat(cycle).isEqualTo(new SlotCycle(4, Duration.ofHours(84)));
        assertThat(cycle.rest()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void slotsCanBeAdded() {
        for (int slot = 4; slot < 9; slot++) {
            jdbc.sql("create table outbox_event_%1$d partition of outbox_event for values in (%1$d)".formatted(slot))
                    .update();
        }
        slotIs("floor(extract(epoch from now()) / 86400)::bigint % 9");

        SlotCycle cycle = SlotCycle.postgres(database.dataSource());

        assertThat(cycle).isEqualTo(new SlotCycle(9, Duration.ofDays(1)));
        Instant before = now();
        OutboxWriter.postgres(database.dataSource()).append(List.of(event("a", "a1")));
        assertThat(jdbc.sql("select slot from outbox_event")
                        .query(Integer.class)
                        .single())
                .isIn(cycle.current(before), cycle.current(now()));
        assertThat(OutboxSlots.postgres(database.dataSource()).truncate(8))
                .isInstanceOfAny(SlotResult.Empty.class, SlotResult.Unpublished.class);
    }

    @Test
    void aSlotWithoutAPartitionIsRefused() {
        slotIs("floor(extract(epoch from now()) / 86400)::bigint % 9");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> SlotCycle.postgres(database.dataSource()))
                .withMessageContaining("9 slots")
                .withMessageContaining("4 partitions");
    }

    @Test
    void anotherRuleForTheSlotIsRefused() {
        slotIs("3");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> SlotCycle.postgres(database.dataSource()))
                .withMessageContaining("floor(extract(epoch from now()) / <seconds>)::bigint % <slots>");
    }

    private Instant now() {
        return jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private void slotIs(String expression) {
        jdbc.sql("alter table outbox_event alter column slot set default " + expression)
                .update();
    }
}

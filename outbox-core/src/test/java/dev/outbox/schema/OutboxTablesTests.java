package dev.outbox.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxTablesTests {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "select seq from outbox_event, select seq from \"billing\".outbox_event",
                "lock table only outbox_event_3, lock table only \"billing\".outbox_event_3",
                "select nextval('outbox_event_seq'), select nextval('\"billing\".outbox_event_seq')",
                "'outbox_event'::regclass, '\"billing\".outbox_event'::regclass",
                "outbox_event.seq = parked.seq, \"billing\".outbox_event.seq = parked.seq",
                "history = outbox_history(), history = \"billing\".outbox_history()",
                "select from other.outbox_event, select from other.outbox_event",
                "select from my_outbox_event, select from my_outbox_event",
                "constraint outbox_key_pk, constraint outbox_key_pk",
                "notify outbox_commit, notify outbox_commit",
            })
    void putsTheSchemaBeforeOurNamesAndNoOthers(String sql, String qualified) {
        assertThat(OutboxTables.in("billing").qualify(sql)).isEqualTo(qualified);
    }

    @Test
    void changesATextOnce() {
        OutboxTables tables = OutboxTables.in("billing");
        assertThat(tables.qualify("select from outbox_lane")).isSameAs(tables.qualify("select from outbox_lane"));
    }

    @Test
    void withoutASchemaATextStaysAsItIs() {
        assertThat(OutboxTables.of(null)).isSameAs(OutboxTables.ON_SEARCH_PATH);
        assertThat(OutboxTables.of(" ")).isSameAs(OutboxTables.ON_SEARCH_PATH);
        assertThat(OutboxTables.ON_SEARCH_PATH.qualify("select from outbox_lane"))
                .isEqualTo("select from outbox_lane");
    }

    @Test
    void aResolverIsAskedForEachStatementAndMayLeaveItToTheName() {
        AtomicReference<String> tenant = new AtomicReference<>("north");
        OutboxTables tables = OutboxTables.in("shared").resolvedBy(tenant::get);
        assertThat(tables.qualify("delete from inbox_event")).isEqualTo("delete from \"north\".inbox_event");
        tenant.set("south");
        assertThat(tables.qualify("delete from inbox_event")).isEqualTo("delete from \"south\".inbox_event");
        tenant.set(null);
        assertThat(tables.qualify("delete from inbox_event")).isEqualTo("delete from \"shared\".inbox_event");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "it's", "a b", "x;y", ":name"})
    void whatWouldEndAQuotedNameIsRefused(String schema) {
        assertThatExceptionOfType(InvalidSchemaNameException.class)
                .isThrownBy(() -> OutboxTables.in(schema))
                .withMessageContaining(schema);
    }
}

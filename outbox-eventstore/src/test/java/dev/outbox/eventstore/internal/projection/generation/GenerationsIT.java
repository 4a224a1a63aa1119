package dev.outbox.eventstore.internal.projection.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.eventstore.EventStoreTables;
import dev.outbox.eventstore.internal.projection.Accounts;
import dev.outbox.eventstore.internal.projection.Session;
import dev.outbox.eventstore.internal.projection.generation.GenerationSwap.Outcome;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Generations step by step, by instances of two versions of a service. */
class GenerationsIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(EventStoreTables.class);

    private HikariDataSource pool;
    private JdbcClient jdbc;
    private Session writer;
    private Worker old;
    private Worker next;

    @BeforeEach
    void connect() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        pool = new HikariDataSource(config);
        jdbc = JdbcClient.create(pool);
        jdbc.sql(Accounts.TABLES).update();
        writer = new Session(database.dataSource());
        old = new Worker("old", pool, 1, 1, 10);
        next = new Worker("next", pool, 2, 3, 10);
        old.start().deploy(old.definition());
    }

    @AfterEach
    void disconnect() throws SQLException {
        writer.close();
        pool.close();
    }

    @Test
    void aNewVersionIsBuiltByThoseThatHaveItAndTakesThePlaceOfTheOldOne() {
        append(5);
        fill(old, GenerationState.SERVING);
        assertThat(next.start().deploy(next.definition())).isPresent();
        assertThat(next.start().deploy(next.definition()))
                .as("a second instance")
                .isEmpty();

        assertThat(old.fill(GenerationState.BUILDING))
                .as("the old one leaves it alone")
                .isFalse();
        fill(next, GenerationState.BUILDING);
        append(3);
        fill(old, GenerationState.SERVING);
        assertThat(Accounts.differences(pool, "balance"))
                .as("the old one serves meanwhile")
                .isEmpty();

        assertThat(old.swap().finish(old.definition())).isEqualTo(Outcome.NOTHING);
        assertThat(next.swap().finish(next.definition())).isEqualTo(Outcome.SWAPPED);

        assertThat(Accounts.differences(pool, "balance"))
                .as("with what came last")
                .isEmpty();
        assertThat(next.generation(GenerationState.SERVING)).hasValueSatisfying(serving -> {
            assertThat(serving.version()).isEqualTo(2);
            assertThat(serving.lanes()).isEqualTo(3);
        });
        append(2);
        fill(next, GenerationState.SERVING);
        assertThat(Accounts.differences(pool, "balance")).isEmpty();
    }

    /** It would fill the tables of the new generation with the events of the old one's position. */
    @Test
    void anInstanceThatDoesNotKnowOfASwapFillsNothing() {
        append(4);
        fill(old, GenerationState.SERVING);
        Generation before = old.generation(GenerationState.SERVING).orElseThrow();
        next.start().deploy(next.definition());
        fill(next, GenerationState.BUILDING);
        next.swap().finish(next.definition());
        append(4);

        assertThat(old.fill(before, 0)).isFalse();
        assertThat(old.fill(before, 0))
                .as("nor does it take the lane again under the old name")
                .isFalse();
        fill(next, GenerationState.SERVING);

        assertThat(Accounts.differences(pool, "balance")).isEmpty();
    }

    @Test
    void aVersionThatWasRolledBackIsNotBuiltAgainByItself() {
        append(4);
        fill(old, GenerationState.SERVING);
        next.start().deploy(next.definition());
        fill(next, GenerationState.BUILDING);
        next.swap().finish(next.definition());
        append(3);

        next.swap().rollback(Worker.PROJECTION);

        assertThat(next.start().deploy(next.definition())).isEmpty();
        assertThat(next.fill(GenerationState.SERVING))
                .as("it is of the other version")
                .isFalse();
        fill(old, GenerationState.SERVING);
        assertThat(Accounts.differences(pool, "balance")).isEmpty();
        assertThat(next.start().rebuild(next.definition())).as("but on request").isNotNull();
    }

    @Test
    void aCancelledRebuildLeavesNothing() {
        next.start().deploy(next.definition());
        append(3);
        next.fill(GenerationState.BUILDING);

        next.swap().cancel(Worker.PROJECTION);

        assertThat(schemas()).isEmpty();
        assertThat(next.generation(GenerationState.BUILDING)).isEmpty();
        assertThat(next.start().deploy(next.definition()))
                .as("a version that was cancelled")
                .isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> next.swap().cancel(Worker.PROJECTION));
        assertThatIllegalStateException()
                .isThrownBy(() -> next.swap().rollback(Worker.PROJECTION))
                .withMessageContaining("no earlier generation");
    }

    @Test
    void aReaderThatDoesNotLetGoPutsTheSwapOff() throws SQLException {
        append(3);
        next.start().deploy(next.definition());
        fill(next, GenerationState.BUILDING);
        try (Session reader = new Session(database.dataSource())) {
            reader.jdbc().sql("select count(*) from balance").query(Long.class).single();

            assertThat(next.swap().finish(next.definition())).isEqualTo(Outcome.BUSY);
            assertThat(next.generation(GenerationState.BUILDING)).isPresent();

            reader.commit();
            assertThat(next.swap().finish(next.definition())).isEqualTo(Outcome.SWAPPED);
        }
    }

    @Test
    void aCopyIsTheSameDownToTheNamesOfItsIndexesAndItsGrants() {
        jdbc.sql("create role reader_of_balances").update();
        jdbc.sql("alter table balance set (fillfactor = 70)").update();
        jdbc.sql("alter table balance add constraint balance_positive check (events > 0)")
                .update();
        jdbc.sql("grant select on balance to reader_of_balances").update();
        jdbc.sql("grant update (digest) on balance to reader_of_balances").update();
        List<String> before = description("public");

        next.start().deploy(next.definition());

        assertThat(description(schemas().get(0))).isEqualTo(before).hasSizeGreaterThan(5);
        jdbc.sql("drop owned by reader_of_balances").update();
        jdbc.sql("drop role reader_of_balances").update();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create view all_balances as select * from balance | is used by the view all_balances",
                "create table other (stream text references balance) | is referenced by the foreign key other_stream_fkey of other",
                "alter table balance add column ledger_version bigint, add foreign key (stream, ledger_version) references ledger | has the foreign key",
                "alter table balance add column id serial | draws from the sequence balance_id_seq",
                "alter table balance enable row level security | has row level security",
                "create table part_of_it () inherits (balance) | is not an ordinary table",
                "create rule quiet as on delete to balance do instead nothing | has the rule quiet"
            })
    void aTableWhoseCopyWouldNotBeTheSameIsRefused(String ddl, String problem) {
        jdbc.sql(ddl).update();

        assertThatExceptionOfType(InvalidProjectionException.class)
                .isThrownBy(() -> next.start().check(next.definition()))
                .withMessageContaining("balance")
                .withMessageContaining(problem);
    }

    @Test
    void aTableThatDoesNotExistIsNamed() {
        jdbc.sql("drop table balance").update();

        assertThatExceptionOfType(InvalidProjectionException.class)
                .isThrownBy(() -> next.start().check(next.definition()))
                .withMessageContaining("not on the search_path: balance");
    }

    private static void fill(Worker worker, GenerationState state) {
        while (!worker.fill(state)) {
            // Until there is nothing left.
        }
    }

    private void append(int events) {
        for (int event = 0; event < events; event++) {
            Accounts.append(writer.jdbc(), "account-" + event % 3, event, Instant.EPOCH);
        }
        writer.commit();
    }

    private List<String> schemas() {
        return jdbc.sql("select nspname from pg_namespace where nspname like 'public\\_accounts\\_g%'")
                .query(String.class)
                .list();
    }

    /** {@return what a table is, without the name of its schema} */
    private List<String> description(String schema) {
        return jdbc.sql("""
                        select replace(indexdef, :schema || '.', '') from pg_indexes where schemaname = :schema and tablename = 'balance'
                        union all
                        select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
                        where conrelid = (quote_ident(:schema) || '.balance')::regclass
                        union all
                        select relacl::text || reloptions::text from pg_class
                        where oid = (quote_ident(:schema) || '.balance')::regclass
                        union all
                        select attname || ' ' || atttypid::regtype || coalesce(attacl::text, '') from pg_attribute
                        where attrelid = (quote_ident(:schema) || '.balance')::regclass and attnum > 0
                        order by 1
                        """).param("schema", schema).query(String.class).list();
    }
}

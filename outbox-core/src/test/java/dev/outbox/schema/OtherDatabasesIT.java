package dev.outbox.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.internal.check.JdbcTablesCheck;
import dev.outbox.internal.check.TableRight;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.internal.transaction.BoundedTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The tables on the databases whose events are deleted when they are published. */
@ParameterizedClass
@EnumSource(
        value = DatabaseKind.class,
        names = {"MARIADB", "H2"})
class OtherDatabasesIT {

    private static final String EVENT = """
            insert into outbox_event (
                aggregate_seq, created_at, id, version, bucket, aggregatetype, aggregateid,
                type, topic, source, contenttype, headers, payload)
            values (%s, '2026-01-01 00:00:00', '0190a3b4-0000-7000-8000-000000000001', %s, %s, %s, %s, %s, %s, 's', 'c', %s, '')
            """;

    private final DatabaseKind kind;
    private final TestDatabase database;
    private final DataSource dataSource;
    private final JdbcClient jdbc;

    OtherDatabasesIT(DatabaseKind kind) {
        this.kind = kind;
        this.database = TestDatabase.create(kind);
        this.dataSource = database.dataSource();
        this.jdbc = JdbcClient.create(dataSource);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void theTablesAreCreatedOnceWithAHistoryOfTheirOwn() {
        OutboxSchema schema = new OutboxSchema(dataSource);
        schema.afterPropertiesSet();
        schema.afterPropertiesSet();

        assertThat(tables())
                .filteredOn(name -> kind != DatabaseKind.H2 || !name.equals("outbox_key_lock"))
                .containsExactlyInAnyOrder(
                        "outbox_event",
                        "outbox_key",
                        "outbox_lane",
                        "outbox_relay",
                        "outbox_parked",
                        "outbox_shedlock",
                        "outbox_audit",
                        "inbox_event",
                        "inbox_parked",
                        "inbox_sequence",
                        "inbox_sequence_run",
                        "outbox_schema_history");
        assertThat(schema.isAloneIn(dataSource, null)).isTrue();

        jdbc.sql("create table orders (id bigint)").update();
        assertThat(schema.isAloneIn(dataSource, null)).isFalse();
    }

    @Test
    void aSchemaWithoutOurTablesIsNotOurs() {
        assertThat(new OutboxSchema(dataSource).isAloneIn(dataSource, null)).isFalse();
    }

    @Test
    void illegalRowsAreImpossible() {
        new OutboxSchema(dataSource).afterPropertiesSet();

        assertThatNoException().isThrownBy(() -> insert("1", "1", "0", "'Order'", "'a'", "'T'", "'a.b'", "null"));
        assertThatNoException()
                .isThrownBy(() -> insert("1", "1", "63", "'Order'", "'a'", "'T'", "'a.b'", "'{\"a\":\"b\"}'"));
        assertRefused("0", "1", "0", "'Order'", "'a'", "'T'", "'t'", "null");
        assertRefused("1", "0", "0", "'Order'", "'a'", "'T'", "'t'", "null");
        assertRefused("1", "1", "64", "'Order'", "'a'", "'T'", "'t'", "null");
        assertRefused("1", "1", "0", "' '", "'a'", "'T'", "'t'", "null");
        assertRefused("1", "1", "0", "'Order'", "' '", "'T'", "'t'", "null");
        assertRefused("1", "1", "0", "'Order'", "'a'", "' '", "'t'", "null");
        assertRefused("1", "1", "0", "'Order'", "'a'", "concat('T', char(7))", "'t'", "null");
        assertThatNoException()
                .isThrownBy(() -> insert("1", "1", "0", "'Order'", "'a'", "'controlled'", "'t'", "null"));
        assertRefused("1", "1", "0", "'Order'", "'a'", "'T'", "'t t'", "null");
        assertRefused("1", "1", "0", "'Order'", "'a'", "'T'", "'..'", "null");
        assertRefused("1", "1", "0", "'Order'", "'a'", "'T'", "'t'", "'no json'");
    }

    @Test
    void aParkedRecordHasOneOfTheKnownCauses() {
        new OutboxSchema(dataSource).afterPropertiesSet();
        String record = """
                insert into inbox_parked (
                    consumer, topic, event_key, source, event_id, type, record_partition, record_offset, headers, cause, attempts,
                    parked_at)
                values ('c', 't', 'k', 's', 'e', 'T', 0, 0, '{}', '%s', 1, '2026-01-01 00:00:00')
                """;

        assertThat(jdbc.sql(record.formatted("LATE")).update()).isEqualTo(1);
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> jdbc.sql(record.formatted("BORED")).update());
    }

    @Test
    void keysDifferInTheirCaseAndInSpacesAtTheEnd() {
        new OutboxSchema(dataSource).afterPropertiesSet();

        for (String id : List.of("a", "A", "a ", "ä", "ae")) {
            jdbc.sql("insert into outbox_key values ('Order', :id, 1)")
                    .param("id", id)
                    .update();
        }

        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> jdbc.sql("insert into outbox_key values ('Order', 'a ', 1)")
                        .update());
    }

    @Test
    void missingTablesAreNamed() {
        JdbcTablesCheck check = new JdbcTablesCheck(
                dataSource,
                new CurrentTables(OutboxTables.ON_SEARCH_PATH, List.of(OutboxTables.ON_SEARCH_PATH), false));
        List<TableRight> needed =
                List.of(new TableRight("outbox_key", "insert"), new TableRight("outbox_event_seq", "usage"));
        assertThatExceptionOfType(OutboxSetupException.class)
                .isThrownBy(() -> check.require(needed))
                .withMessageEndingWith(": outbox_key");

        new OutboxSchema(dataSource).afterPropertiesSet();
        assertThatNoException().isThrownBy(() -> check.require(needed));
    }

    @Test
    void statementsOfATransactionAreCommittedTogetherOrNotAtAll() {
        new OutboxSchema(dataSource).afterPropertiesSet();
        BoundedTransaction transaction = BoundedTransaction.on(product(), dataSource);

        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> transaction.execute(() -> {
                    insertKey("a");
                    return insertKey("a");
                }));
        assertThat(transaction.execute(() -> insertKey("b"))).isEqualTo(1);
        assertThat(transaction.single(() -> insertKey("c"))).isEqualTo(1);

        assertThat(jdbc.sql("select aggregateid from outbox_key order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("b", "c");
    }

    @Test
    void aProcessThatIsSilentInATransactionLosesItsLocks() throws InterruptedException {
        if (kind == DatabaseKind.H2) {
            return;
        }
        new OutboxSchema(dataSource).afterPropertiesSet();
        insertKey("a");
        BoundedTransaction silent = BoundedTransaction.on(product(), dataSource);

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> silent.execute(Duration.ofMillis(1), () -> {
                    updateKey();
                    // Another session waits for the lock, and gets it because the server ends the first session.
                    Thread other = new Thread(this::updateKeyElsewhere);
                    other.start();
                    join(other);
                    return updateKey();
                }));

        assertThat(jdbc.sql("select last_seq from outbox_key")
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    void evenIfItIsSilentJustBeforeItsCommit() {
        if (kind == DatabaseKind.H2) {
            return;
        }
        new OutboxSchema(dataSource).afterPropertiesSet();
        insertKey("a");
        DataSource stopping = new DelegatingDataSource(database.dataSource()) {
            @Override
            public Connection getConnection() throws SQLException {
                return before("commit", super.getConnection(), OtherDatabasesIT.this::updateKeyElsewhere);
            }
        };

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> BoundedTransaction.on(product(), stopping)
                        .execute(
                                Duration.ofMillis(1),
                                () -> JdbcClient.create(stopping)
                                        .sql("update outbox_key set last_seq = 2")
                                        .update()));

        assertThat(jdbc.sql("select last_seq from outbox_key")
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }

    /** {@return the connection, which does something else before one of its methods} */
    private static Connection before(String method, Connection connection, Runnable action) {
        return (Connection) Proxy.newProxyInstance(
                OtherDatabasesIT.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        action.run();
                    }
                    try {
                        return called.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private void updateKeyElsewhere() {
        JdbcClient.create(database.dataSource())
                .sql("update outbox_key set last_seq = 3")
                .update();
    }

    private int updateKey() {
        return jdbc.sql("update outbox_key set last_seq = 2").update();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private DatabaseProduct product() {
        return DatabaseProduct.of(dataSource);
    }

    private int insertKey(String id) {
        return jdbc.sql("insert into outbox_key values ('Order', :id, 1)")
                .param("id", id)
                .update();
    }

    private void insert(Object... values) {
        jdbc.sql(EVENT.formatted(values)).update();
    }

    private void assertRefused(Object... values) {
        assertThatExceptionOfType(DataAccessException.class)
                .as(String.join(
                        ", ", List.of(values).stream().map(String::valueOf).toList()))
                .isThrownBy(() -> insert(values));
    }

    private Set<String> tables() {
        return new TreeSet<>(
                jdbc.sql("select lower(table_name) from information_schema.tables where table_schema = schema()")
                        .query(String.class)
                        .list());
    }
}

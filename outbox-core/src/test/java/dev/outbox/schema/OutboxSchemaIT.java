package dev.outbox.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.outbox.embedded.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

class OutboxSchemaIT {

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final OutboxSchema schema = new OutboxSchema(database.dataSource());

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void migratesBesideTheTablesOfTheServiceAndOnlyOnce() {
        jdbc.sql("create table orders (id bigint)").update();
        schema.afterPropertiesSet();
        assertThatNoException().isThrownBy(schema::afterPropertiesSet);
        assertThat(jdbc.sql("select count(*) from outbox_event")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void acceptsTablesThatALaterReleaseHasMigrated() {
        schema.afterPropertiesSet();
        jdbc.sql("""
                        insert into outbox_schema_history (
                            installed_rank, version, description, type, script, checksum, installed_by, installed_on,
                            execution_time, success)
                        select 1000, '1000', 'later', type, 'V1000__later.sql', 1, installed_by, now(), 1, true
                        from outbox_schema_history
                        where version = '1'
                        """).update();
        assertThatNoException().isThrownBy(schema::afterPropertiesSet);
    }

    @Test
    void knowsWhetherTheServiceHasTablesOfItsOwn() {
        schema.afterPropertiesSet();
        assertThat(schema.isAloneIn(database.dataSource(), null)).isTrue();
        assertThat(schema.isAloneIn(database.dataSource(), "elsewhere")).isFalse();
        jdbc.sql("create table orders (id bigint)").update();
        assertThat(schema.isAloneIn(database.dataSource(), null)).isFalse();
    }

    @Test
    void isNotInADatabaseThatHasNoneOfItsTables() {
        schema.afterPropertiesSet();
        try (TestDatabase other = TestDatabase.create()) {
            assertThat(schema.isAloneIn(other.dataSource(), null)).isFalse();
        }
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "aggregate_seq, 0",
        "version, 0",
        "bucket, 64",
        "bucket, -1",
        "slot, 4",
        "aggregatetype, ' '",
        "aggregateid, ''",
        "type, 'Order\u0007Placed'",
        "topic, 'not a topic'",
        "topic, '..'",
        "headers, '[]'",
        "headers, '{\"a\": {}}'",
        "headers, '{\"a\": null}'"
    })
    void refusesIllegalRows(String column, String value) {
        schema.afterPropertiesSet();
        jdbc.sql(insertWith("version", "1")).update();
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(
                        () -> jdbc.sql(insertWith(column, "'" + value + "'")).update());
    }

    private static String insertWith(String column, String value) {
        String row = """
                insert into outbox_event (aggregate_seq, created_at, id, version, bucket, slot, aggregatetype,
                    aggregateid, type, topic, source, contenttype, headers, payload)
                select aggregate_seq, created_at, id, version, bucket, slot, aggregatetype,
                    aggregateid, type, topic, source, contenttype, headers, payload
                from (
                    select 1::bigint as aggregate_seq, now() as created_at, gen_random_uuid() as id, 1 as version,
                        1::smallint as bucket, 1::smallint as slot, 'Order' as aggregatetype, 'o1' as aggregateid,
                        'OrderPlaced' as type, 'orders' as topic, '/orders' as source, 'application/json' as contenttype,
                        '{}'::jsonb as headers, '\\x00'::bytea as payload) as legal
                """;
        int select = row.indexOf("select") + "select".length();
        return row.substring(0, select) + row.substring(select).replaceFirst("\\b" + column + "\\b", value);
    }
}

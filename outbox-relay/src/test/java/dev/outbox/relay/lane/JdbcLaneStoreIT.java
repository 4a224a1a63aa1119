package dev.outbox.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.TestDatabase;
import dev.outbox.store.OutboxSchema;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcLaneStoreIT extends LaneStoreContract {

    private final TestDatabase database = TestDatabase.create();
    private final LaneStore store = LaneStore.postgres(database.dataSource());
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @BeforeEach
    void createTables() {
        new OutboxSchema(database.dataSource()).afterPropertiesSet();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Override
    protected LaneStore store() {
        return store;
    }

    @Override
    protected void expire(int lane) {
        jdbc.sql("update outbox_lane set lease_until = clock_timestamp() where lane = :lane")
                .param("lane", lane)
                .update();
    }

    @Test
    void writesNothingWhileItStandsBy() {
        store.acquire(0, "one", Duration.ofMinutes(1));
        String before = version();

        store.acquire(0, "two", Duration.ofMinutes(1));

        assertThat(version()).isEqualTo(before);
    }

    @Test
    void setsTheExpiryByTheClockOfTheDatabase() {
        store.acquire(0, "one", Duration.ofMillis(90_500));

        assertThat(jdbc.sql("""
                        select lease_until > clock_timestamp() + interval '60 s'
                            and lease_until <= clock_timestamp() + interval '90.5 s'
                        from outbox_lane
                        """).query(Boolean.class).single()).isTrue();
    }

    /** Where the row lies and who touched it last; even a row lock would change it. */
    private String version() {
        return jdbc.sql("select ctid || ' ' || xmin || ' ' || xmax from outbox_lane")
                .query(String.class)
                .single();
    }
}

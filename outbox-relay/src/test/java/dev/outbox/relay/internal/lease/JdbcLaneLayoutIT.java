package dev.outbox.relay.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.relay.internal.lease.LaneOverview.Holding;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcLaneLayoutIT {

    private static final Duration TTL = Duration.ofMinutes(1);

    @RegisterExtension
    final MigratedDatabase database;

    private final DatabaseProduct product;
    private final ServerTime time;
    private final LaneLayout layout;
    private final LaneStore store;
    private final JdbcClient jdbc;

    JdbcLaneLayoutIT(DatabaseKind kind) {
        this.database = MigratedDatabase.on(kind, OutboxSchema.class);
        this.product = DatabaseProduct.of(database.dataSource());
        this.time = new ServerTime(product);
        this.layout = LaneLayout.on(product, database.dataSource(), OutboxTables.ON_SEARCH_PATH);
        this.store = LaneStore.on(product, database.dataSource(), OutboxTables.ON_SEARCH_PATH);
        this.jdbc = JdbcClient.create(database.dataSource());
    }

    @Test
    void beginsWithOneLane() {
        assertThat(layout.join("a", 1, TTL))
                .isEqualTo(new LaneOverview(1, 1, 0, List.of(new Holding(Lane.ONLY, null))));
    }

    @Test
    void showsWhoseLeaseLives() {
        store.acquire(Lane.ONLY, "a", TTL);
        assertThat(layout.join("b", 1, TTL).lanes()).containsExactly(new Holding(Lane.ONLY, "a"));

        jdbc.sql("update outbox_lane set lease_until = " + time.in(0)).update();
        assertThat(layout.join("b", 1, TTL).lanes()).containsExactly(new Holding(Lane.ONLY, null));
    }

    @Test
    void ranksRelaysByWhenTheyJoined() {
        layout.join("b", 1, TTL);
        layout.join("a", 1, TTL);

        assertThat(layout.join("b", 1, TTL).rank()).isZero();
        assertThat(layout.join("a", 1, TTL).rank()).isEqualTo(1);
        assertThat(layout.join("a", 1, TTL).relays()).isEqualTo(2);
    }

    @Test
    void writesNothingWhenItLooksAgainSoon() {
        layout.join("a", 1, TTL);
        layout.join("b", 1, TTL);
        String before = version();

        LaneOverview overview = layout.join("a", 1, TTL);

        assertThat(overview.relays()).isEqualTo(2);
        assertThat(overview.rank()).isZero();
        assertThat(version()).isEqualTo(before);
    }

    @Test
    void livesOnWhenItLooksAgainLater() {
        layout.join("a", 1, TTL);
        jdbc.sql("update outbox_relay set lease_until = " + time.in(44)).update();

        layout.join("a", 1, TTL);

        assertThat(jdbc.sql("select lease_until > %s from outbox_relay".formatted(time.in(50)))
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void countsNoRelayThatHasLeftOrFallenSilent() {
        layout.join("a", 1, TTL);
        layout.join("b", 1, TTL);
        layout.join("c", 1, TTL);
        layout.leave("a");
        jdbc.sql("update outbox_relay set lease_until = %s where relay = 'b'".formatted(time.in(0)))
                .update();

        LaneOverview overview = layout.join("c", 1, TTL);
        assertThat(overview.relays()).isEqualTo(1);
        assertThat(overview.rank()).isZero();
    }

    @Test
    void aRelayThatComesBackIsTheYoungest() {
        layout.join("a", 1, TTL);
        layout.join("b", 1, TTL);
        jdbc.sql("update outbox_relay set lease_until = %s where relay = 'a'".formatted(time.in(0)))
                .update();

        assertThat(layout.join("a", 1, TTL).rank()).isEqualTo(1);
    }

    @Test
    void wantsAsManyLanesAsTheYoungestRelay() {
        layout.join("old", 2, TTL);
        layout.join("new", 4, TTL);

        assertThat(layout.join("old", 2, TTL).wanted()).isEqualTo(4);
        layout.leave("new");
        assertThat(layout.join("old", 2, TTL).wanted()).isEqualTo(2);
    }

    @Test
    void aChangeKeepsThePositionOfALaneThatIsDivided() {
        saveAt(Lane.ONLY, "735:740:735|750:760:751|1200|5300");

        assertThat(layout.change(1, 4)).isTrue();

        for (int number = 0; number < 4; number++) {
            assertThat(acquire(new Lane(number, 4)).position()).isEqualTo(kept("735:740:735|750:760:751|1200|5300"));
        }
    }

    @Test
    void newLanesAreAheadOfNoneOfTheOldOnesWhoseBucketsTheyHave() {
        layout.change(1, 4);
        saveAt(new Lane(0, 4), "730:735:730");
        saveAt(new Lane(1, 4), "738:740:738");
        saveAt(new Lane(2, 4), "741:741:");
        saveAt(new Lane(3, 4), "742:742:");

        assertThat(layout.change(4, 2)).isTrue();

        assertThat(acquire(new Lane(0, 2)).position()).isEqualTo(kept("730:735:730"));
        assertThat(acquire(new Lane(1, 2)).position()).isEqualTo(kept("741:741:"));
    }

    @Test
    void aLaneThatHasPublishedNothingYetTakesTheOthersBackToTheStart() {
        layout.change(1, 2);
        saveAt(new Lane(0, 2), "735:740:");

        layout.change(2, 1);

        assertThat(acquire(Lane.ONLY).position()).isEqualTo(Position.START);
    }

    @Test
    void changesNothingWhileALaneIsOwned() {
        layout.change(1, 2);
        acquire(new Lane(1, 2));

        assertThat(layout.change(2, 4)).isFalse();
        assertThat(layout.join("a", 4, TTL).count()).isEqualTo(2);
    }

    @Test
    void changesNothingThatAnotherHasChangedAlready() {
        layout.change(1, 4);

        assertThat(layout.change(1, 2)).isFalse();
    }

    @Test
    void anOwnerPausedBeyondItsLeaseSavesNothingAfterAChange() {
        Lease zombies = acquire(Lane.ONLY);
        jdbc.sql("update outbox_lane set lease_until = " + time.in(0)).update();
        layout.change(1, 2);
        layout.change(2, 1);

        assertThat(store.renew(zombies, Position.parse("900:900:"))).isFalse();
        assertThat(store.release(zombies, Position.parse("900:900:"))).isFalse();
        assertThat(acquire(Lane.ONLY).epoch()).isGreaterThan(zombies.epoch());
    }

    /** Where published events are deleted, the table itself says what is left to do. */
    private Position kept(String saved) {
        return product.keepsPublished() ? Position.parse(saved) : Position.START;
    }

    /** On PostgreSQL, where the row lies and who touched it last; even a row lock would change it. */
    private String version() {
        return jdbc.sql("select %s from outbox_relay where relay = 'a'"
                        .formatted(
                                product.keepsPublished()
                                        ? "ctid || ' ' || xmin || ' ' || xmax"
                                        : "concat(joined_at, ' ', lease_until)"))
                .query(String.class)
                .single();
    }

    private Lease acquire(Lane lane) {
        return store.acquire(lane, "owner", TTL).orElseThrow();
    }

    private void saveAt(Lane lane, String position) {
        assertThat(store.release(acquire(lane), Position.parse(position))).isTrue();
    }
}

package dev.outbox.relay.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.relay.internal.lease.LaneOverview.Holding;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.schema.OutboxSchema;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcLaneLayoutIT {

    private static final Duration TTL = Duration.ofMinutes(1);

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema::new);

    private final LaneLayout layout = LaneLayout.postgres(database.dataSource());
    private final LaneStore store = LaneStore.postgres(database.dataSource());
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @Test
    void beginsWithOneLane() {
        assertThat(layout.join("a", 1, TTL))
                .isEqualTo(new LaneOverview(1, 1, 0, List.of(new Holding(Lane.ONLY, null))));
    }

    @Test
    void showsWhoseLeaseLives() {
        store.acquire(Lane.ONLY, "a", TTL);
        assertThat(layout.join("b", 1, TTL).lanes()).containsExactly(new Holding(Lane.ONLY, "a"));

        jdbc.sql("update outbox_lane set lease_until = clock_timestamp()").update();
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
        jdbc.sql("update outbox_relay set lease_until = clock_timestamp() + interval '44 s'")
                .update();

        layout.join("a", 1, TTL);

        assertThat(jdbc.sql("select lease_until > clock_timestamp() + interval '50 s' from outbox_relay")
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
        jdbc.sql("update outbox_relay set lease_until = clock_timestamp() where relay = 'b'")
                .update();

        LaneOverview overview = layout.join("c", 1, TTL);
        assertThat(overview.relays()).isEqualTo(1);
        assertThat(overview.rank()).isZero();
    }

    @Test
    void aRelayThatComesBackIsTheYoungest() {
        layout.join("a", 1, TTL);
        layout.join("b", 1, TTL);
        jdbc.sql("update outbox_relay set lease_until = clock_timestamp() where relay = 'a'")
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
            assertThat(acquire(new Lane(number, 4)).position())
                    .isEqualTo(Position.parse("735:740:735|750:760:751|1200|5300"));
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

        assertThat(acquire(new Lane(0, 2)).position()).isEqualTo(Position.parse("730:735:730"));
        assertThat(acquire(new Lane(1, 2)).position()).isEqualTo(Position.parse("741:741:"));
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
        jdbc.sql("update outbox_lane set lease_until = clock_timestamp()").update();
        layout.change(1, 2);
        layout.change(2, 1);

        assertThat(store.renew(zombies, Position.parse("900:900:"))).isFalse();
        assertThat(store.release(zombies, Position.parse("900:900:"))).isFalse();
        assertThat(acquire(Lane.ONLY).epoch()).isGreaterThan(zombies.epoch());
    }

    /** Where the row lies and who touched it last; even a row lock would change it. */
    private String version() {
        return jdbc.sql("select ctid || ' ' || xmin || ' ' || xmax from outbox_relay where relay = 'a'")
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

package dev.outbox.relay.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.Snapshot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of lanes promises. */
public abstract class LaneStoreContract {

    private static final Lane LANE = new Lane(0, 2);
    private static final Duration TTL = Duration.ofMinutes(1);

    protected abstract LaneStore store();

    /** Lets the lease of the lane expire. */
    protected abstract void expire(Lane lane);

    /** {@return the position of a lane after this one was saved} */
    protected Position kept(Position saved) {
        return saved;
    }

    @Test
    void givesANewLaneFromTheStart() {
        Lease lease = acquire("one");

        assertThat(lease.position()).isEqualTo(Position.START);
        assertThat(lease.epoch()).isPositive();
        assertThat(lease.owner()).isEqualTo("one");
    }

    @Test
    void refusesASecondOwnerWhileTheLeaseLives() {
        acquire("one");

        assertThat(store().acquire(LANE, "two", TTL)).isEmpty();
    }

    @Test
    void givesALaneToItsOwnOwnerAnewUnderAHigherEpoch() {
        Lease first = acquire("one");
        store().renew(first, position(3));

        Lease second = acquire("one");

        assertThat(second.epoch()).isGreaterThan(first.epoch());
        assertThat(second.position()).isEqualTo(kept(position(3)));
        assertThat(store().renew(first, position(9))).isFalse();
    }

    @Test
    void keepsLanesApart() {
        acquire("one");

        assertThat(store().acquire(new Lane(1, 2), "two", TTL)).isPresent();
    }

    @Test
    void givesAnExpiredLaneUnderAHigherEpochAtTheSavedPosition() {
        Lease first = acquire("one");
        store().renew(first, position(7));
        expire(LANE);

        Lease second = acquire("two");

        assertThat(second.epoch()).isGreaterThan(first.epoch());
        assertThat(second.position()).isEqualTo(kept(position(7)));
    }

    @Test
    void letsNobodySaveUnderAnOlderEpoch() {
        Lease first = acquire("one");
        expire(LANE);
        Lease second = acquire("two");
        store().renew(second, position(5));

        assertThat(store().renew(first, position(9))).isFalse();
        assertThat(store().release(first, position(9))).isFalse();

        expire(LANE);
        assertThat(acquire("three").position()).isEqualTo(kept(position(5)));
    }

    @Test
    void letsNobodySaveUnderAnOlderEpochOfItsOwn() {
        Lease first = acquire("one");
        expire(LANE);
        acquire("one");

        assertThat(store().renew(first, position(9))).isFalse();
        assertThat(store().release(first, position(9))).isFalse();
    }

    @Test
    void letsNobodySaveUnderTheEpochOfAnother() {
        Lease lease = acquire("one");
        Lease forged = new Lease(LANE, "two", lease.epoch(), TTL, lease.position());

        assertThat(store().renew(forged, position(9))).isFalse();
    }

    @Test
    void renewsAnExpiredLeaseThatNobodyTook() {
        Lease lease = acquire("one");
        expire(LANE);

        assertThat(store().renew(lease, position(3))).isTrue();
        assertThat(store().acquire(LANE, "two", TTL)).isEmpty();
    }

    @Test
    void givesAReleasedLaneAtOnceAtThePositionOfTheRelease() {
        Lease first = acquire("one");

        assertThat(store().release(first, position(4))).isTrue();

        Lease second = acquire("two");
        assertThat(second.epoch()).isGreaterThan(first.epoch());
        assertThat(second.position()).isEqualTo(kept(position(4)));
        assertThat(store().renew(first, position(9))).isFalse();
    }

    @Test
    void letsNobodySaveInALaneThatHasBeenReleased() {
        Lease released = acquire("one");
        store().release(released, position(4));

        assertThat(store().renew(released, position(9))).isFalse();
        assertThat(store().release(released, position(9))).isFalse();

        assertThat(acquire("two").position()).isEqualTo(kept(position(4)));
    }

    private Lease acquire(String owner) {
        return store().acquire(LANE, owner, TTL).orElseThrow();
    }

    private static Position position(long xmax) {
        return Position.at(new Snapshot(1, xmax, List.of(1L)));
    }
}

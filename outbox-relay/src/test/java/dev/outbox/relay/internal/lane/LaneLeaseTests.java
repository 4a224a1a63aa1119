package dev.outbox.relay.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneStore;
import dev.outbox.relay.internal.lease.Lease;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.pace.ManualTicker;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaneLeaseTests {

    private static final Duration TTL = Duration.ofSeconds(5);

    private final ManualTicker ticker = new ManualTicker();
    private final SlowStore store = new SlowStore();
    private final LaneLease lease = new LaneLease(store, Lane.ONLY, "one", TTL, Duration.ofMillis(300), ticker);

    @Test
    void isTrustedForLessThanItsTimeToLive() {
        lease.acquire();

        ticker.advance(TTL.dividedBy(2));
        assertThat(lease.isHeld()).isTrue();
        ticker.advance(TTL.dividedBy(2).minusMillis(1));
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void countsFromBeforeTheStatementWasSent() {
        store.takes = TTL;

        assertThat(lease.acquire()).isPresent();

        assertThat(lease.isHeld()).as("the answer is too old").isFalse();
    }

    @Test
    void countsARenewalFromBeforeTheStatementWasSent() {
        lease.acquire();
        store.takes = TTL;

        assertThat(lease.save(Position.START)).isTrue();

        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void isRenewedInTimeHoweverSeldomProgressIsSaved() {
        LaneLease seldom = new LaneLease(store, Lane.ONLY, "one", TTL, Duration.ofHours(1), ticker);
        seldom.acquire();

        ticker.advance(TTL.dividedBy(3));

        assertThat(seldom.isDue(true)).isTrue();
        assertThat(seldom.isDue(false)).isTrue();
    }

    @Test
    void isGoneOnceARenewalIsRefused() {
        lease.acquire();
        store.renews = false;

        assertThat(lease.save(Position.START)).isFalse();

        assertThat(lease.isHeld()).isFalse();
        assertThat(lease.epoch()).isZero();
    }

    @Test
    void isNotDueAtOnceAfterARenewalThatFailed() {
        lease.acquire();
        store.fails = true;
        ticker.advance(TTL.dividedBy(2));
        assertThat(lease.isDue(true)).isTrue();

        assertThatThrownBy(() -> lease.save(Position.START)).isInstanceOf(IllegalStateException.class);

        assertThat(lease.isDue(true)).isFalse();
        assertThat(lease.isHeld()).isTrue();
    }

    private final class SlowStore implements LaneStore {

        private Duration takes = Duration.ZERO;
        private boolean renews = true;
        private boolean fails;

        @Override
        public Optional<Lease> acquire(Lane lane, String owner, Duration ttl) {
            ticker.advance(takes);
            return Optional.of(new Lease(lane, owner, 1, ttl, Position.START));
        }

        @Override
        public boolean renew(Lease held, Position position) {
            ticker.advance(takes);
            if (fails) {
                throw new IllegalStateException("away");
            }
            return renews;
        }

        @Override
        public boolean renew(Lease held, Position position, Runnable changes) {
            return renew(held, position);
        }

        @Override
        public boolean release(Lease held, Position position) {
            return true;
        }
    }
}

package dev.outbox.relay.internal.lane;

import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneStore;
import dev.outbox.relay.internal.lease.Lease;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.pace.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One relay's lease on a lane, and how long the relay may trust it without asking the database.
 *
 * <p>The database decides who owns the lane; this class knows until when that answer cannot have changed. It counts from
 * before the statement was sent, by a local ticker, and stops trusting the lease a margin early. That limits what a paused
 * owner can still send; the epoch that each save checks makes it harmless.
 */
public final class LaneLease {

    /** A fifth of the time to live is kept in reserve for clocks that run at different speeds. */
    private static final int MARGIN_DIVISOR = 5;

    /** A lease is renewed three times within its time to live. */
    private static final int RENEWALS = 3;

    private final LaneStore store;
    private final Lane lane;
    private final String owner;
    private final Duration ttl;
    private final Duration saveInterval;
    private final Ticker ticker;
    private @Nullable Lease lease;
    private long trustedUntil;
    private long askedAt;

    public LaneLease(LaneStore store, Lane lane, String owner, Duration ttl, Duration saveInterval, Ticker ticker) {
        this.store = store;
        this.lane = lane;
        this.owner = owner;
        this.ttl = ttl;
        this.saveInterval = saveInterval;
        this.ticker = ticker;
    }

    /** {@return the part of its time to live after which a lease is renewed} */
    public static Duration renewalOf(Duration ttl) {
        return ttl.dividedBy(RENEWALS);
    }

    /** {@return the durable position to start at, or nothing while another relay owns the lane} */
    Optional<Position> acquire() {
        long asked = ticker.nanos();
        Optional<Lease> acquired = store.acquire(lane, owner, ttl);
        acquired.ifPresent(lease -> trust(lease, asked));
        return acquired.map(Lease::position);
    }

    boolean isHeld() {
        return lease != null && ticker.nanos() - trustedUntil < 0;
    }

    /** {@return whether it is time to renew; earlier if there is progress to save} */
    boolean isDue(boolean progress) {
        Duration renewal = renewalOf(ttl);
        Duration interval = progress && saveInterval.compareTo(renewal) < 0 ? saveInterval : renewal;
        return ticker.nanos() - askedAt >= interval.toNanos();
    }

    /**
     * Renews and saves in one statement.
     *
     * @return false if the lane is lost
     */
    boolean save(Position position) {
        return save(held -> store.renew(held, position));
    }

    /**
     * Renews, saves and makes further changes in one transaction.
     *
     * @return false if the lane is lost
     */
    boolean save(Position position, Runnable changes) {
        return save(held -> store.renew(held, position, changes));
    }

    private boolean save(Predicate<Lease> renewal) {
        Lease held = lease;
        if (held == null) {
            return false;
        }
        long asked = ticker.nanos();
        // The next attempt is not due at once, even if the statement fails.
        askedAt = asked;
        if (renewal.test(held)) {
            trust(held, asked);
            return true;
        }
        drop();
        return false;
    }

    /**
     * Saves the position and frees the lane for the next relay.
     *
     * @return false if the lane was lost before
     */
    boolean release(Position position) {
        Lease held = lease;
        drop();
        return held != null && store.release(held, position);
    }

    /** Stops trusting the lease, without telling the database. */
    void drop() {
        lease = null;
    }

    /** {@return the epoch of the lease, 0 without one} */
    long epoch() {
        Lease held = lease;
        return held == null ? 0 : held.epoch();
    }

    private void trust(Lease held, long asked) {
        lease = held;
        askedAt = asked;
        trustedUntil = asked + ttl.minus(ttl.dividedBy(MARGIN_DIVISOR)).toNanos();
    }
}

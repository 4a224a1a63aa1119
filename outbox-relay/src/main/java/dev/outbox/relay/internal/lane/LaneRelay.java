package dev.outbox.relay.internal.lane;

import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.broker.PublishingFailedException;
import dev.outbox.relay.broker.TopicState.Unavailable;
import dev.outbox.relay.broker.UnavailableTopicException;
import dev.outbox.relay.internal.lane.LaneState.Failure;
import dev.outbox.relay.internal.lane.LaneState.Reading;
import dev.outbox.relay.internal.lane.LaneState.Restarting;
import dev.outbox.relay.internal.lane.LaneState.StandingBy;
import dev.outbox.relay.internal.lane.PassResult.Failed;
import dev.outbox.relay.internal.lane.PassResult.Next;
import dev.outbox.relay.internal.lane.PassResult.Relayed;
import dev.outbox.relay.internal.lane.PassResult.Standby;
import dev.outbox.relay.internal.lane.PassResult.Stopped;
import dev.outbox.relay.internal.log.LaneLostException;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.metrics.LaneLoss;
import dev.outbox.relay.internal.pace.Backoff;
import dev.outbox.relay.internal.pace.Ticker;
import dev.outbox.relay.internal.parking.Admitted;
import dev.outbox.relay.internal.parking.Aside;
import dev.outbox.relay.internal.parking.LaneParking;
import dev.outbox.relay.internal.parking.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Relays one lane: a state machine that has no threads, does not wait and does no I/O itself. Between passes, {@link LaneState}
 * says where the lane stands. A pass has these steps:
 *
 * <ol>
 *   <li><b>Own.</b> Without a lease that can be trusted by the local ticker, everything in flight is dropped at once. The
 *       lane is acquired, unless another relay has it. A relay that acquires it starts at the durable position.
 *   <li><b>Settle.</b> The position moves past the oldest page in flight once all of that page is acknowledged.
 *   <li><b>Fail.</b> If any event in flight has failed, the whole lane stops: everything in flight is dropped, the publisher
 *       is reset so that none of it is sent any more, and reading starts again from the position after a pause, once the
 *       position is durable. So no event follows a failed event of its aggregate. An event that the broker has refused for
 *       good needs no pause: step 7 handles it.
 *   <li><b>Keep.</b> One statement renews the lease and saves the position, under the epoch. If events before the position
 *       were set aside, the same transaction parks them; if the log does not keep what is published, it removes them. If the
 *       lane turns out to be lost, see 1.
 *   <li><b>Release.</b> Between reads, decisions about parked aggregates are carried out, and events that waited for a topic
 *       are sent when the topic is back; see {@link LaneReleases}.
 *   <li><b>Read.</b> The next page is read while earlier ones are in flight, as long as there is room. The read also checks
 *       the epoch, because a machine that was paused may trust a lease that expired long ago: if the lane is lost, see 1.
 *   <li><b>Admit.</b> Events of parked aggregates are set aside. Events that the broker would refuse for good are found
 *       before any event of the page is sent, and handled by their policy; see {@link LaneParking}.
 *   <li><b>Send.</b> In order; before each event, the lease must be trusted and nothing may have failed.
 * </ol>
 *
 * <p>The database is authoritative: on the owner by the lease, on progress by the position, on order by {@code seq}. An
 * exception from the database stops a pass and nothing else: what is in flight stays there while the lease is trusted.
 *
 * <p>For use by a single thread, except {@link #stop}.
 */
public final class LaneRelay {

    private final LaneLease lease;
    private final LaneReader reader;
    private final InFlight inFlight;
    private final LaneSender sender;
    private final LaneReleases releases;
    private final Backoff backoff;
    private final Ticker ticker;

    /** After this long without an acknowledgement, the broker is asked whether the topics still exist. */
    private static final Duration UNANSWERED = Duration.ofSeconds(3);

    private LaneState state = new StandingBy(null);

    /** What the status reports in addition. Nothing is decided by it. */
    private @Nullable Instant oldestUnsent;

    /** Events that were read and are not in flight: they could not be sent, or were dropped. */
    private long unsent;

    private @Nullable Long caughtUpAt;

    /** In the current pass. */
    private @Nullable LaneLoss loss;

    /** The order of another thread to stop, which the next pass follows; or null. */
    private volatile @Nullable Long drainUntil;

    public LaneRelay(
            LaneLease lease, LaneReader reader, InFlight inFlight, LaneSender sender, Backoff backoff, Ticker ticker) {
        this.lease = lease;
        this.reader = reader;
        this.inFlight = inFlight;
        this.sender = sender;
        this.releases = new LaneReleases(sender);
        this.backoff = backoff;
        this.ticker = ticker;
    }

    public PassResult runOnce() {
        loss = null;
        Long until = drainUntil;
        if (until != null) {
            return drain(until);
        }
        try {
            return relay();
        } catch (LaneLostException e) {
            return lost();
        } catch (RuntimeException e) {
            return fail(e);
        }
    }

    /**
     * From the next pass on nothing is read; what is in flight may still be acknowledged within this time. Callable by any
     * thread.
     */
    public void stop(Duration drainTimeout) {
        drainUntil = ticker.nanos() + drainTimeout.toNanos();
    }

    /** Lets a stopped lane start again. */
    void start() {
        drainUntil = null;
    }

    public LaneStatus status() {
        Instant oldest = inFlight.isEmpty() ? oldestUnsent : inFlight.oldestRaisedAt();
        Failure failure = state.failure();
        return new LaneStatus(
                lease.epoch(),
                inFlight.rows(),
                inFlight.oldestSentAt(),
                oldest,
                caughtUpAt,
                failure == null ? null : failure.cause(),
                sender.parking().held(),
                inFlight.oldestTopics(),
                unread(),
                sender.parking().waiting(),
                loss);
    }

    /** What was dropped or could not be sent is read again. */
    private long unread() {
        return Math.max(
                unsent, reader.unread(state instanceof Reading reading ? reading.readTo() : inFlight.acknowledged()));
    }

    private PassResult relay() {
        if (!lease.isHeld()) {
            loss = lease.epoch() > 0 ? LaneLoss.EXPIRED : null;
            loseLane();
            Optional<PassResult> pause = pause();
            if (pause.isPresent()) {
                return pause.get();
            }
            if (!acquire()) {
                return standby();
            }
        }
        int acknowledged = settle();
        RuntimeException failed = inFlight.failure();
        if (failed != null) {
            abandon();
            return isDealtWith(failed) ? new Relayed(0, acknowledged, Next.READ_ON) : fail(failed);
        }
        if (!keep()) {
            return lost();
        }
        Optional<PassResult> pause = pause();
        return pause.isPresent() ? pause.get() : readOn(reading(), acknowledged);
    }

    private PassResult readOn(Reading reading, int acknowledged) {
        Optional<UnavailableTopicException> gone = goneTopic();
        if (gone.isPresent()) {
            sender.parking().hold(gone.get());
            abandon();
            return new Relayed(0, acknowledged, Next.READ_ON);
        }
        if (!inFlight.isReleasing()) {
            sender.parking().look();
        }
        Optional<PassResult> releasing = release(acknowledged);
        if (releasing.isPresent()) {
            return releasing.get();
        }
        if (!inFlight.hasRoom()) {
            return new Relayed(0, acknowledged, Next.AWAIT_ACKS);
        }
        OutboxPage page = reader.read(lease.epoch(), reading.readTo());
        if (page.isCaughtUp()) {
            caughtUpAt = ticker.nanos();
        }
        unsent = page.rows().size();
        Admitted admission = admit(page);
        unsent = 0;
        state = reading.to(page.end());
        int published = send(new OutboxPage(admission.rows(), page.end()), admission.aside());
        if (acknowledged > 0 || inFlight.isEmpty()) {
            recovered();
        }
        return new Relayed(published, acknowledged, page.isCaughtUp() ? Next.POLL : Next.READ_ON);
    }

    private PassResult drain(long until) {
        try {
            int acknowledged = settle();
            boolean open = !inFlight.isEmpty() && inFlight.failure() == null && ticker.nanos() - until < 0;
            if (open && lease.isHeld() && keep()) {
                return new Relayed(0, acknowledged, Next.AWAIT_ACKS);
            }
            // Nothing may be sent once the next relay is let in.
            inFlight.abandon();
            sender.reset();
            boolean handedOver = (isSavedAlone() || save()) && lease.release(inFlight.acknowledged());
            loss = handedOver ? null : LaneLoss.FENCED;
            return new Stopped(null);
        } catch (RuntimeException e) {
            lease.drop();
            return new Stopped(e);
        }
    }

    private boolean acquire() {
        Optional<Position> durable = lease.acquire();
        durable.ifPresent(position -> {
            inFlight.restartAt(position);
            state = new Reading(position, state.failure());
            sender.parking().forget();
        });
        return durable.isPresent();
    }

    private int settle() {
        int before = inFlight.rows();
        if (inFlight.settle()) {
            oldestUnsent = null;
        }
        return before - inFlight.rows();
    }

    /** The position has to be durable before reading starts again; otherwise it is saved at the usual interval. */
    private boolean keep() {
        boolean restarts = state instanceof Restarting && pause().isEmpty();
        boolean due = lease.isDue(inFlight.hasProgress())
                || inFlight.aside().isRelease()
                || restarts
                || reader.hasMuchToRemove(inFlight.acknowledged());
        return !due || save();
    }

    private boolean save() {
        return isSavedAlone() ? kept(lease.save(inFlight.acknowledged()), Aside.NOTHING) : save(() -> {});
    }

    /** {@return whether the position is all that there is to save} */
    private boolean isSavedAlone() {
        return inFlight.aside().isNothing() && !reader.hasToRemove(inFlight.acknowledged());
    }

    /** Saves the position and, in the same transaction, what is set aside before it and something else. */
    private boolean save(Runnable also) {
        Aside aside = inFlight.aside();
        boolean saved = lease.save(inFlight.acknowledged(), () -> {
            sender.parking().write(aside);
            reader.remove(inFlight.acknowledged());
            also.run();
        });
        return kept(saved, aside);
    }

    private boolean kept(boolean saved, Aside aside) {
        if (saved) {
            inFlight.saved();
            sender.parking().written(aside);
            reader.removed(inFlight.acknowledged());
        }
        return saved;
    }

    /** {@return what is left of a pause, if the lane is in one} */
    private Optional<PassResult> pause() {
        long now = ticker.nanos();
        return Optional.ofNullable(state.failure())
                .filter(failure -> failure.isPaused(now))
                .map(failure -> new Failed(failure.cause(), Duration.ofNanos(failure.retryAt() - now)));
    }

    /** After a restart, the position is durable now and reading starts again from it. */
    private Reading reading() {
        Reading reading =
                state instanceof Reading current ? current : new Reading(inFlight.acknowledged(), state.failure());
        state = reading;
        return reading;
    }

    /**
     * Does one step of a release, if there is one.
     *
     * @return nothing if the lane reads on in the meantime
     */
    private Optional<PassResult> release(int acknowledged) {
        if (inFlight.isReleasing()) {
            return awaitIf(releases.isFinishing(), acknowledged);
        }
        if (!releases.isWanted()) {
            return Optional.empty();
        }
        if (releases.isFinishing() && !inFlight.isEmpty()) {
            return awaitIf(true, acknowledged);
        }
        if (!inFlight.hasRoom()) {
            return Optional.empty();
        }
        if (releases.isFinishing() && !save(() -> {})) {
            return Optional.of(lost());
        }
        boolean wasFinishing = releases.isFinishing();
        Release release = releases.next(reader.budget().rows());
        if (!release.isNothing()) {
            int sent = send(new OutboxPage(release.rows(), inFlight.end()), release.aside());
            return Optional.of(
                    new Relayed(sent, acknowledged, releases.isFinishing() ? Next.AWAIT_ACKS : Next.READ_ON));
        }
        if (!wasFinishing) {
            return awaitIf(releases.isFinishing(), acknowledged);
        }
        if (!releases.isFinishing()) {
            return Optional.empty();
        }
        if (!save(releases::end)) {
            return Optional.of(lost());
        }
        releases.ended();
        return Optional.of(new Relayed(0, acknowledged, Next.READ_ON));
    }

    private Optional<PassResult> awaitIf(boolean waits, int acknowledged) {
        Next next = inFlight.isEmpty() ? Next.READ_ON : Next.AWAIT_ACKS;
        return waits ? Optional.of(new Relayed(0, acknowledged, next)) : Optional.empty();
    }

    /** {@return a topic that no longer exists, if that is why nothing has been acknowledged for a while} */
    private Optional<UnavailableTopicException> goneTopic() {
        Long sentAt = inFlight.oldestSentAt();
        if (sentAt == null || ticker.nanos() - sentAt < UNANSWERED.toNanos()) {
            return Optional.empty();
        }
        for (String topic : inFlight.oldestTopics()) {
            if (sender.publisher().ask(topic) instanceof Unavailable unavailable) {
                return Optional.of(new UnavailableTopicException(topic, unavailable.reason()));
            }
        }
        return Optional.empty();
    }

    /** An event that will be refused each time is no reason to wait: it is set aside when it is read again. */
    private boolean isDealtWith(RuntimeException failed) {
        if (!(failed instanceof PublishingFailedException publishing)) {
            return false;
        }
        publishing.topic().ifPresent(sender.parking()::hold);
        return publishing.topic().isPresent()
                || publishing.refusal().map(sender.parking()::note).orElse(false);
    }

    private Admitted admit(OutboxPage page) {
        if (inFlight.isEmpty()) {
            oldestUnsent =
                    page.rows().isEmpty() ? null : page.rows().get(0).event().time();
        }
        return sender.admit(page.rows());
    }

    private int send(OutboxPage page, Aside aside) {
        InFlightPage sending = inFlight.add(page, aside, ticker.nanos());
        if (sending == null) {
            return 0;
        }
        int sent = 0;
        for (OutboxRow row : page.rows()) {
            if (!lease.isHeld() || inFlight.failure() != null) {
                break;
            }
            try {
                sender.send(row, sending);
            } catch (RuntimeException e) {
                sending.fail(e);
            }
            sent++;
        }
        return sent;
    }

    private void abandon() {
        releases.forget();
        oldestUnsent = inFlight.oldestRaisedAt();
        unsent = inFlight.rows();
        inFlight.abandon();
        state = new Restarting(state.failure());
        sender.reset();
    }

    private void loseLane() {
        releases.forget();
        lease.drop();
        inFlight.abandon();
        state = new StandingBy(state.failure());
        sender.reset();
    }

    private PassResult lost() {
        loss = LaneLoss.FENCED;
        loseLane();
        return standby();
    }

    private PassResult standby() {
        recovered();
        caughtUpAt = null;
        oldestUnsent = null;
        unsent = 0;
        return new Standby();
    }

    private void recovered() {
        state = state.with(null);
        backoff.reset();
    }

    private PassResult fail(RuntimeException cause) {
        Duration pause = backoff.next();
        state = state.with(new Failure(cause, ticker.nanos() + pause.toNanos()));
        return new Failed(cause, pause);
    }
}

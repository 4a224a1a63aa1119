package dev.outbox.relay.simulation;

import dev.outbox.relay.SharingUnderTest;
import dev.outbox.relay.broker.PublishingFailedException;
import dev.outbox.relay.broker.UnpublishableEventException;
import dev.outbox.relay.internal.lane.RelayUnderTest;
import dev.outbox.relay.internal.lane.RelayUnderTest.Pass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One life of a process with a relay in it, on a machine whose clock runs at a speed of its own.
 *
 * <p>Whatever its relay calls takes time, in which all others go on: the call runs the agenda until it returns. So a
 * relay is interrupted wherever it calls anything. (A relay that is interrupted within the pause of another returns
 * first. What it hands to its producer leaves later, so the orders of records are not narrowed by that.)
 */
final class RelayProcess {

    static final Duration TTL = Duration.ofSeconds(1);
    private static final Duration SAVE_INTERVAL = Duration.ofMillis(100);
    private static final Duration DRAIN = Duration.ofMillis(300);
    private static final Duration SETTLED = TTL.dividedBy(3);
    private static final Duration AWAITING_LANES = Duration.ofMillis(40);

    /** Clocks differ by so much, in thousandths; the margin of a lease has to cover it. */
    private static final int DRIFT = 100;

    private final World world;
    private final String name;
    private final Runnable ended;
    private final double speed;
    private final long clockOffset;
    private final List<RelayUnderTest> lanes = new ArrayList<>();
    private final List<ModelPublisher> publishers = new ArrayList<>();
    private @Nullable SharingUnderTest sharing;
    private boolean stopping;
    private long frozenUntil;
    private long suspended;
    private @Nullable List<Runnable> told;
    private boolean alive = true;

    /** @param ended called once the process is no more */
    RelayProcess(World world, String name, Runnable ended) {
        this.world = world;
        this.name = name;
        this.ended = ended;
        this.speed = 1 + world.random().nextInt(-DRIFT, DRIFT + 1) / 1_000.0;
        // A ticker may overflow at any time.
        this.clockOffset = world.random().nextBoolean() ? Long.MAX_VALUE - world.between(0, 10_000) : 0;
    }

    void start(SharingUnderTest started) {
        sharing = started;
        world.after(world.between(0, 50), this::share);
    }

    void start(RelayUnderTest lane, ModelPublisher publisher) {
        lanes.add(lane);
        publishers.add(publisher);
        world.after(world.between(0, 5), () -> pass(lane));
    }

    RelayUnderTest.Settings settings() {
        Plan plan = world.plan();
        return new RelayUnderTest.Settings(
                name, TTL, SAVE_INTERVAL, plan.budget(), plan.maxPages(), DRAIN, plan.parks());
    }

    /** The thread that shares the lanes, as {@code RelayLoop} has it. */
    private void share() {
        if (!alive) {
            return;
        }
        if (isFrozen()) {
            whenThawed(this::share);
            return;
        }
        Duration wait = AWAITING_LANES;
        try {
            wait = stopping ? handOver() : shareOnce();
        } catch (StatementFailedException failed) {
            world.say(() -> "%s shares: %s".formatted(name, failed.getMessage()));
        } catch (KilledError killed) {
            return;
        }
        if (alive) {
            after(wait, this::share);
        }
    }

    private Duration shareOnce() {
        return sharing().pass() ? SETTLED : AWAITING_LANES;
    }

    private Duration handOver() {
        sharing().stopLanes();
        if (lanes.stream().allMatch(RelayUnderTest::hasEnded)) {
            leave();
            exit();
        }
        return AWAITING_LANES;
    }

    private void leave() {
        try {
            sharing().leave();
        } catch (StatementFailedException failed) {
            world.say(() -> "%s goes without leaving".formatted(name));
        }
    }

    /** The thread of a lane. */
    private void pass(RelayUnderTest lane) {
        if (!alive) {
            return;
        }
        if (isFrozen()) {
            whenThawed(() -> pass(lane));
            return;
        }
        Pass pass;
        try {
            pass = lane.pass();
        } catch (KilledError killed) {
            return;
        }
        world.say(() -> "%s: %s".formatted(name, pass.result()));
        pass.cause().ifPresent(RelayProcess::requireExpected);
        if (alive) {
            pass.next().ifPresent(wait -> after(wait, () -> pass(lane)));
        }
    }

    private void after(Duration wait, Runnable action) {
        long longest = wait.toNanos();
        world.after(longest == 0 ? 0 : world.random().nextLong(longest / 2, longest + 1), action);
    }

    private static void requireExpected(RuntimeException cause) {
        if (!(cause instanceof StatementFailedException
                || cause instanceof PublishingFailedException
                || cause instanceof UnpublishableEventException)) {
            throw new AssertionError("The relay failed by itself", cause);
        }
    }

    void stop() {
        if (alive && !isFrozen()) {
            world.say(() -> "%s is to stop".formatted(name));
            stopping = true;
        }
    }

    void kill() {
        if (alive) {
            world.say(() -> "%s is killed".formatted(name));
            exit();
        }
    }

    private void exit() {
        alive = false;
        publishers.forEach(ModelPublisher::vanish);
        ended.run();
    }

    /** @param clockStops whether the process cannot tell from its clock how long it stood still */
    void freeze(long nanos, boolean clockStops) {
        if (alive && !isFrozen()) {
            world.say(() -> "%s stands still for %d ms%s"
                    .formatted(name, nanos / World.MILLI, clockStops ? " without knowing" : ""));
            frozenUntil = world.now() + nanos;
            suspended += clockStops ? nanos : 0;
        }
    }

    boolean isFrozen() {
        return world.now() < frozenUntil;
    }

    boolean isAlive() {
        return alive;
    }

    String name() {
        return name;
    }

    boolean canTellTheTime() {
        return suspended == 0;
    }

    void whenThawed(Runnable action) {
        world.after(frozenUntil - world.now() + world.random().nextLong(World.MILLI), action);
    }

    long nanos() {
        return clockOffset + (long) ((world.now() - suspended) * speed);
    }

    /** Lets a call take its time, sometimes very long. */
    void call() {
        elapse(
                world.strikes(Fault.STALL, 60)
                        ? world.between(0, 2 * TTL.toMillis())
                        : world.random().nextLong(2 * World.MILLI));
    }

    /** Runs a statement on the database, which may fail in any of the ways in which statements do. */
    <T> T statement(String what, Statement<T> effect) {
        call();
        if (world.strikes(Fault.STATEMENT_FAILS, 25)) {
            world.say(() -> "%s: '%s' fails".formatted(name, what));
            switch (world.random().nextInt(3)) {
                case 0 -> effect.run();
                case 1 -> world.after(world.between(0, 1_500), effect::run);
                default -> {}
            }
            throw new StatementFailedException(what);
        }
        T result = effect.run();
        call();
        return result;
    }

    /** {@return what a transaction does, as the server is told of it now, to be done when the transaction takes effect} */
    Runnable told(Runnable changes) {
        List<Runnable> all = new ArrayList<>();
        told = all;
        try {
            changes.run();
        } finally {
            told = null;
        }
        return () -> all.forEach(Runnable::run);
    }

    /** Does it as part of the transaction that the server is being told of. */
    void tell(Runnable change) {
        if (told == null) {
            throw new IllegalStateException("A change outside of a transaction");
        }
        told.add(change);
    }

    /** What a statement does on the server. */
    @FunctionalInterface
    interface Statement<T> {

        T run();
    }

    private void elapse(long nanos) {
        world.time().runUntil(world.now() + nanos);
        while (alive && isFrozen()) {
            world.time().runUntil(frozenUntil);
        }
        if (!alive) {
            throw new KilledError();
        }
    }

    private SharingUnderTest sharing() {
        if (sharing == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return sharing;
    }
}

package dev.outbox.relay.internal.log;

import dev.outbox.producer.internal.write.OutboxSession;
import dev.outbox.producer.internal.write.WaitingSessions;
import dev.outbox.relay.internal.log.BusinessTransaction.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A session that does a script step by step, on a thread of its own. A step that has to wait for a lock is left waiting,
 * and those that follow it wait with it until the lock is free.
 */
final class ScriptedWriter implements AutoCloseable {

    /** After so long a look is taken whether a step waits for a lock. */
    private static final long LOOK_AFTER_MILLIS = 2;

    private static final int LOOKS = 60_000;

    private final OutboxSession session;
    private final int backend;
    private final WaitingSessions waiting;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private List<Step> script = List.of();
    private int begun;
    private int due;
    private @Nullable Future<?> underWay;
    private boolean hasWaited;

    ScriptedWriter(DataSource database, WaitingSessions waiting) throws SQLException {
        this.session = new OutboxSession(database);
        this.backend = session.backendPid();
        this.waiting = waiting;
    }

    OutboxSession session() {
        return session;
    }

    void begin(List<Step> newScript) {
        script = newScript;
        begun = 0;
        due = 0;
        hasWaited = false;
    }

    /** Does the next step, or will as soon as no lock is in the way. */
    void next() {
        due++;
        goOn();
    }

    /** Does what is due, as far as no lock is in the way. */
    void goOn() {
        while (!isWaiting() && begun < due) {
            Step step = script.get(begun);
            begun++;
            underWay = thread.submit(() -> {
                step.run();
                return begun;
            });
        }
    }

    boolean isDone() {
        return begun == script.size() && underWay == null;
    }

    /** {@return whether any step has had to wait for a lock} */
    boolean hasWaited() {
        return hasWaited;
    }

    private boolean isWaiting() {
        Future<?> step = underWay;
        for (int look = 0; step != null && look < LOOKS; look++) {
            if (isOver(step)) {
                step = null;
                underWay = null;
            } else if (waiting.contains(backend)) {
                hasWaited = true;
                return true;
            }
        }
        if (step != null) {
            throw new IllegalStateException("Step %d neither ends nor waits for a lock".formatted(begun));
        }
        return false;
    }

    private boolean isOver(Future<?> step) {
        try {
            step.get(LOOK_AFTER_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Step %d failed".formatted(begun), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in step %d".formatted(begun), e);
        }
    }

    @Override
    public void close() throws SQLException {
        thread.shutdownNow();
        session.close();
    }
}

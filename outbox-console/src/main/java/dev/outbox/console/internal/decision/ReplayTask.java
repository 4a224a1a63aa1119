package dev.outbox.console.internal.decision;

import dev.outbox.console.internal.decision.ReplayJob.State;
import dev.outbox.internal.failure.Causes;
import dev.outbox.relay.replay.Replay;
import dev.outbox.relay.replay.ReplayPlan;
import dev.outbox.relay.replay.ReplayResult;
import dev.outbox.relay.replay.ReplayResult.Completed;
import dev.outbox.relay.replay.ReplayResult.Incomplete;
import dev.outbox.relay.replay.ReplayResult.Stopped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one replay, which others look at and may stop. */
final class ReplayTask implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(ReplayTask.class);

    private final Replay replay;
    private final ReplayPlan plan;
    private volatile ReplayJob job;
    private volatile boolean stopping;

    ReplayTask(Replay replay, ReplayPlan plan, ReplayJob job) {
        this.replay = replay;
        this.plan = plan.whilst(this::goesOn);
        this.job = job;
    }

    ReplayJob job() {
        return job;
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        job = stopping ? job.ended(State.STOPPED, 0, null) : ended(replay.run(job.selection(), plan));
        log.info(
                "Replay {} of outbox '{}', asked for by {}: {}, {} events published",
                job.id(),
                job.outbox(),
                job.asker(),
                job.state(),
                job.published());
    }

    private boolean goesOn(long published) {
        job = job.with(published);
        return !stopping;
    }

    private ReplayJob ended(ReplayResult result) {
        if (result instanceof Completed) {
            return job.ended(State.COMPLETED, result.events(), null);
        }
        if (result instanceof Stopped) {
            return job.ended(State.STOPPED, result.events(), null);
        }
        return job.ended(State.FAILED, result.events(), Causes.inOneLine(((Incomplete) result).cause()));
    }
}

package dev.outbox.console.internal.decision;

import dev.outbox.audit.AuditAction;
import dev.outbox.audit.AuditEntry;
import dev.outbox.audit.AuditedRequest;
import dev.outbox.console.internal.decision.ReplayJob.State;
import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.replay.EventSelection;
import dev.outbox.relay.replay.ReplayPlan;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The replays of this process, one at a time, because each reads the outbox beside the relay. The row in the audit is written
 * before the first event is published, so that there is no replay that nobody has asked for. What a replay has done is kept in
 * memory; when the process ends, it ends. Thread-safe.
 */
public final class ReplayJobs implements AutoCloseable {

    private static final int REMEMBERED = 50;

    private final Clock clock;
    private final ExecutorService thread;
    private final List<ReplayTask> tasks = new ArrayList<>();

    ReplayJobs(Clock clock) {
        this.clock = clock;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread worker = new Thread(task, "outbox-replay");
            worker.setDaemon(true);
            return worker;
        });
    }

    /**
     * Starts a replay, after those that were asked for before.
     *
     * @param seen how many events the person saw
     * @return the job; that of the first time if the request came before; nothing if that was in another process, or too long ago
     * @throws CountMovedException if it would be about another number of events now
     * @throws IllegalArgumentException if the plan is not possible
     * @throws IllegalStateException if nothing can be replayed
     */
    public Optional<ReplayJob> start(
            OutboxOperations outbox,
            Asker asker,
            EventSelection selection,
            @Nullable String topic,
            int eventsPerSecond,
            long seen) {
        ReplayPlan plan = new ReplayPlan(topic, eventsPerSecond, seen, published -> true);
        AuditedRequest request = request(asker, selection, topic);
        Optional<AuditEntry> earlier = outbox.audit().earlier(request);
        if (earlier.isPresent()) {
            return find(outbox.name(), earlier.get().id());
        }
        long found = counted(outbox, selection, seen);
        AtomicBoolean isNew = new AtomicBoolean();
        AuditEntry entry = outbox.audit().decide(request, () -> {
            isNew.set(true);
            return found;
        });
        if (isNew.get()) {
            ReplayJob job = new ReplayJob(
                    entry.id(),
                    outbox.name(),
                    asker.name(),
                    selection,
                    topic,
                    found,
                    0,
                    State.RUNNING,
                    null,
                    clock.instant());
            thread.execute(remembered(new ReplayTask(outbox.replay(), plan, job)));
        }
        return find(outbox.name(), entry.id());
    }

    /** {@return the replays of an outbox, the last one first} */
    public synchronized List<ReplayJob> of(String outbox) {
        List<ReplayJob> jobs = new ArrayList<>();
        for (ReplayTask task : tasks) {
            if (task.job().outbox().equals(outbox)) {
                jobs.add(0, task.job());
            }
        }
        return jobs;
    }

    /** {@return one of them} */
    public Optional<ReplayJob> find(String outbox, long id) {
        return task(outbox, id).map(ReplayTask::job);
    }

    /** {@return a replay, as it is now, after it was told to stop} It stops when its page is acknowledged. */
    public Optional<ReplayJob> stop(String outbox, long id) {
        Optional<ReplayTask> task = task(outbox, id);
        task.ifPresent(ReplayTask::stop);
        return task.map(ReplayTask::job);
    }

    @Override
    public void close() {
        synchronized (this) {
            tasks.forEach(ReplayTask::stop);
        }
        thread.shutdownNow();
    }

    private synchronized ReplayTask remembered(ReplayTask task) {
        tasks.add(task);
        if (tasks.size() > REMEMBERED) {
            tasks.stream()
                    .filter(old -> old.job().state() != State.RUNNING)
                    .findFirst()
                    .ifPresent(tasks::remove);
        }
        return task;
    }

    private synchronized Optional<ReplayTask> task(String outbox, long id) {
        return tasks.stream()
                .filter(task -> task.job().id() == id && task.job().outbox().equals(outbox))
                .findFirst();
    }

    private static long counted(OutboxOperations outbox, EventSelection selection, long seen) {
        long found = outbox.replay().estimate(selection).events();
        if (found != seen) {
            throw new CountMovedException(seen, found);
        }
        return found;
    }

    private static AuditedRequest request(Asker asker, EventSelection selection, @Nullable String topic) {
        StringJoiner subject = new StringJoiner(", ").setEmptyValue("all retained events");
        add(subject, "aggregate type", selection.aggregateType());
        add(subject, "key", selection.aggregateId());
        add(subject, "type", selection.type());
        add(subject, "raised from", selection.from());
        add(subject, "raised until", selection.until());
        add(subject, "to topic", topic);
        return new AuditedRequest(asker.name(), AuditAction.REPLAY, subject.toString(), asker.requestKey());
    }

    private static void add(StringJoiner subject, String name, @Nullable Object value) {
        if (value != null) {
            subject.add(name + " " + value);
        }
    }
}

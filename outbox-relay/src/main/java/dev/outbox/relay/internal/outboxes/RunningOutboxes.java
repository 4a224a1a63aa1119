package dev.outbox.relay.internal.outboxes;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.SmartLifecycle;

/** Starts and stops the relays of all outboxes, each by its own thread. */
final class RunningOutboxes implements SmartLifecycle {

    private final List<RunningOutbox> all;

    RunningOutboxes(List<RunningOutbox> all) {
        this.all = List.copyOf(all);
    }

    List<RunningOutbox> all() {
        return all;
    }

    @Override
    public void start() {
        all.forEach(RunningOutbox::start);
    }

    @Override
    public void stop() {
        all.parallelStream().forEach(RunningOutbox::stop);
    }

    /** The callback runs when the last one has stopped. */
    @Override
    public void stop(Runnable callback) {
        AtomicInteger running = new AtomicInteger(all.size());
        all.forEach(outbox -> outbox.stop(() -> {
            if (running.decrementAndGet() == 0) {
                callback.run();
            }
        }));
    }

    @Override
    public boolean isRunning() {
        return all.stream().anyMatch(RunningOutbox::isRunning);
    }
}

package dev.outbox.benchmark.modulith;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The threads of the asynchronous listeners. While the relay is off they drop what they are given, as a crash between
 * commit and listener does: the publication stays incomplete.
 */
final class ListenerThreads extends ThreadPoolTaskExecutor {

    private static final long serialVersionUID = 1L;

    private volatile boolean open;

    ListenerThreads(int size) {
        setCorePoolSize(size);
        setMaxPoolSize(size);
    }

    void open(boolean open) {
        this.open = open;
        if (!open) {
            getThreadPoolExecutor().getQueue().clear();
        }
    }

    @Override
    public void execute(Runnable task) {
        if (open) {
            super.execute(task);
        }
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
        if (open) {
            return super.submit(task);
        }
        return new CompletableFuture<>();
    }
}

package dev.outbox.relay.replay;

import dev.outbox.relay.broker.Acks;
import dev.outbox.relay.broker.PublishingFailedException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Waits until all events of a page are acknowledged, or one has failed. Acks come from the broker's thread. */
final class ReplayPage implements Acks {

    private final CountDownLatch open;
    private final AtomicReference<@Nullable PublishingFailedException> failure = new AtomicReference<>();

    ReplayPage(int rows) {
        this.open = new CountDownLatch(rows);
    }

    @Override
    public void acknowledged() {
        open.countDown();
    }

    @Override
    public void failed(PublishingFailedException cause) {
        failure.compareAndSet(null, cause);
        open.countDown();
    }

    /**
     * @throws PublishingFailedException if an event has failed
     */
    void await() throws InterruptedException {
        open.await();
        PublishingFailedException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }
}

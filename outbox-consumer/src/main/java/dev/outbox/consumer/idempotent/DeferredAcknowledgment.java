package dev.outbox.consumer.idempotent;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.Acknowledgment;

/** Keeps what a listener acknowledges until its transaction is committed. For use by one thread. */
final class DeferredAcknowledgment implements Acknowledgment {

    private boolean acknowledged;
    private @Nullable Duration nack;

    @Override
    public void acknowledge() {
        acknowledged = true;
    }

    @Override
    public void acknowledge(int index) {
        throw new UnsupportedOperationException(
                "A batch of an @Idempotent listener is one transaction and is acknowledged as a whole, not up to %d"
                        .formatted(index));
    }

    @Override
    public void nack(Duration sleep) {
        nack = sleep;
    }

    @Override
    public void nack(int index, Duration sleep) {
        nack = sleep;
    }

    /** {@return whether the listener wants its records again, so none of them may be committed} */
    boolean isRefused() {
        return nack != null;
    }

    void passOn(Acknowledgment container, boolean batch) {
        Duration sleep = nack;
        if (sleep != null && batch) {
            container.nack(0, sleep);
        } else if (sleep != null) {
            container.nack(sleep);
        } else if (acknowledged) {
            container.acknowledge();
        }
    }
}

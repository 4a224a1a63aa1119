package dev.outbox.relay.internal.metrics;

import dev.outbox.relay.broker.OutboxRow;
import java.util.List;

/** Learns what becomes of a page on its way to the broker. A page that is dropped is heard of no more. */
public interface SentPage {

    /** Is not interested. */
    SentPage UNOBSERVED = new SentPage() {};

    /** All of its events are acknowledged. Called by the broker's thread, which must not be held up. */
    default void acknowledged() {}

    /** The lane has found that out, and that pages before it are acknowledged as well. Called by the lane's thread. */
    default void published() {}

    private static SentPage both(SentPage one, SentPage other) {
        if (other == UNOBSERVED) {
            return one;
        }
        return new SentPage() {

            @Override
            public void acknowledged() {
                one.acknowledged();
                other.acknowledged();
            }

            @Override
            public void published() {
                one.published();
                other.published();
            }
        };
    }

    /** Is asked once for each page. */
    @FunctionalInterface
    interface Observer {

        /**
         * {@return what is to be told about the page}
         *
         * @param rows the events to send, in order; not to be kept, because of their payloads
         */
        SentPage sending(List<OutboxRow> rows);

        /** {@return one that tells this one and another} */
        default Observer and(Observer other) {
            return rows -> both(sending(rows), other.sending(rows));
        }
    }
}

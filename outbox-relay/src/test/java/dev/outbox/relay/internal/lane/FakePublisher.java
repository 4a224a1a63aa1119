package dev.outbox.relay.internal.lane;

import dev.outbox.relay.broker.Acks;
import dev.outbox.relay.broker.EventPublisher;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.broker.PublishingFailedException;
import dev.outbox.relay.broker.TopicState;
import dev.outbox.relay.broker.UnavailableTopicException;
import dev.outbox.relay.broker.UnpublishableEventException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A publisher whose answers a test gives. */
public final class FakePublisher implements EventPublisher {

    private final List<Long> sent = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final Set<Long> unpublishable = new HashSet<>();
    private final Set<String> missing = new HashSet<>();
    private Runnable beforeSend = () -> {};
    private int resets;

    @Override
    public void check(List<OutboxRow> rows) {
        for (OutboxRow row : rows) {
            if (missing.contains(row.event().topic())) {
                throw new UnavailableTopicException(row.event().topic(), "it is missing");
            }
            if (unpublishable.contains(row.seq())) {
                throw new UnpublishableEventException(row, "it is marked so", null);
            }
        }
    }

    @Override
    public TopicState ask(String topic) {
        return missing.contains(topic) ? new TopicState.Unavailable("it is missing") : new TopicState.Writable();
    }

    @Override
    public void send(OutboxRow row, Acks acks) {
        sent.add(row.seq());
        pending.add(new Pending(row, acks));
        beforeSend.run();
    }

    @Override
    public void reset() {
        resets++;
        pending.clear();
    }

    @Override
    public void close() {
        reset();
    }

    /** The seq of all events that were handed over, in order. */
    public List<Long> sent() {
        return sent;
    }

    int resets() {
        return resets;
    }

    public void markUnpublishable(long seq) {
        unpublishable.add(seq);
    }

    public void publishable() {
        unpublishable.clear();
    }

    /** The topic is deleted, or nobody may write to it. */
    void remove(String topic) {
        missing.add(topic);
    }

    /** The topic is made, and may be written to. */
    void make(String topic) {
        missing.remove(topic);
    }

    /** Lets the oldest unanswered event fail because of its topic. */
    void failNextForItsTopic() {
        Pending failed = pending.remove(0);
        failed.acks.failed(new PublishingFailedException(
                failed.row,
                new IllegalStateException("no right"),
                new UnavailableTopicException(failed.row.event().topic(), "no right")));
    }

    /** Runs while an event is being handed over. */
    void whileSending(Runnable action) {
        beforeSend = action;
    }

    public void acknowledge(int events) {
        for (int i = 0; i < events; i++) {
            pending.remove(0).acks.acknowledged();
        }
    }

    public void acknowledgeAll() {
        acknowledge(pending.size());
    }

    /** The answers that are still owed, to be given after a reset. */
    Runnable lateAcks() {
        List<Pending> late = List.copyOf(pending);
        return () -> late.forEach(owed -> owed.acks.acknowledged());
    }

    /** The failures of what is unanswered, to be told after a reset. */
    Runnable lateFailures() {
        List<Pending> late = List.copyOf(pending);
        return () -> late.forEach(Pending::fail);
    }

    /** Lets the oldest unanswered event fail. */
    public void failNext() {
        pending.remove(0).fail();
    }

    /** Lets the oldest unanswered event be refused for good. */
    public void refuseNext() {
        Pending refused = pending.remove(0);
        IllegalStateException cause = new IllegalStateException("never");
        refused.acks.failed(new PublishingFailedException(
                refused.row, cause, new UnpublishableEventException(refused.row, "it is refused", cause)));
    }

    private record Pending(OutboxRow row, Acks acks) {

        void fail() {
            acks.failed(new PublishingFailedException(row, new IllegalStateException("no")));
        }
    }
}

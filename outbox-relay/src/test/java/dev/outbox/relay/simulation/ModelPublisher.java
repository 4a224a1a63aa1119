package dev.outbox.relay.simulation;

import dev.outbox.relay.broker.Acks;
import dev.outbox.relay.broker.EventPublisher;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.broker.PublishingFailedException;
import dev.outbox.relay.broker.TopicState;
import dev.outbox.relay.broker.UnavailableTopicException;
import dev.outbox.relay.broker.UnpublishableEventException;
import dev.outbox.relay.internal.lease.Lane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The producer of one lane of a process, one session at a time. */
final class ModelPublisher implements EventPublisher {

    private final World world;
    private final RelayProcess process;
    private final Lane lane;
    private final ModelBroker broker;
    private final Promises promises;
    private @Nullable ModelSession session;
    private @Nullable OutboxRow last;

    ModelPublisher(World world, RelayProcess process, Lane lane, ModelBroker broker, Promises promises) {
        this.world = world;
        this.process = process;
        this.lane = lane;
        this.broker = broker;
        this.promises = promises;
    }

    @Override
    public void check(List<OutboxRow> rows) {
        for (OutboxRow row : rows) {
            // What the client knows of a topic may be older.
            if (broker.isGone(row.event().topic())
                    && !broker.isAway()
                    && world.random().nextBoolean()) {
                throw new UnavailableTopicException(row.event().topic(), "it is not there");
            }
            if (world.strikes(Fault.UNPUBLISHABLE, 40)) {
                throw new UnpublishableEventException(row, "it is too large", null);
            }
        }
    }

    @Override
    public TopicState ask(String topic) {
        if (broker.isAway() || world.random().nextInt(4) == 0) {
            return new TopicState.NotTold();
        }
        // An answer may be older than the last change.
        boolean isOld = world.plan().faults().contains(Fault.TOPIC_GONE)
                && !world.faultsAreOver()
                && world.random().nextInt(8) == 0;
        return broker.isGone(topic) != isOld
                ? new TopicState.Unavailable("it is not there")
                : new TopicState.Writable();
    }

    @Override
    public void send(OutboxRow row, Acks acks) {
        if (process.canTellTheTime()) {
            promises.sending(process.name(), lane, row);
        }
        if (world.strikes(Fault.STALL, 10)) {
            process.call();
        }
        last = row;
        session().send(row, acks);
    }

    @Override
    public void reset() {
        ModelSession spent = session;
        session = null;
        if (spent != null && last != null) {
            spent.close(new PublishingFailedException(last, new IllegalStateException("the producer was closed")));
            process.call();
        }
    }

    @Override
    public void close() {
        reset();
    }

    /** The process is no more. */
    void vanish() {
        if (session != null) {
            session.vanish();
        }
    }

    private ModelSession session() {
        ModelSession current = session;
        if (current == null) {
            current = new ModelSession(world, process, broker);
            session = current;
        }
        return current;
    }
}

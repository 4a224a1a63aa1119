package dev.outbox.relay.simulation;

import dev.outbox.relay.broker.Acks;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.broker.PublishingFailedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The life of one producer up to its first failure, as {@code KafkaSession} has it. */
final class ModelSession {

    private final World world;
    private final ModelBroker broker;
    private final long producer;
    private final List<ModelChannel> channels = new ArrayList<>();
    private @Nullable PublishingFailedException failure;
    private boolean open = true;

    ModelSession(World world, RelayProcess process, ModelBroker broker) {
        this.world = world;
        this.broker = broker;
        this.producer = broker.newProducer();
        for (int partition = 0; partition < broker.partitions(); partition++) {
            channels.add(new ModelChannel(world, process, broker, this, partition));
        }
    }

    long producer() {
        return producer;
    }

    boolean isOpen() {
        return open;
    }

    void send(OutboxRow row, Acks acks) {
        if (failure != null && world.holds(Rule.NOTHING_FOLLOWS_A_FAILURE)) {
            acks.failed(failure);
        } else {
            channels.get(broker.partition(row)).add(new ModelBatch.Pending(row, acks));
        }
    }

    void fail(ModelBatch batch, PublishingFailedException cause) {
        failure = cause;
        if (world.holds(Rule.NOTHING_FOLLOWS_A_FAILURE)) {
            close(failure);
        }
        batch.fail(failure);
    }

    void close(PublishingFailedException cause) {
        open = false;
        channels.forEach(channel -> channel.fail(cause));
    }

    /** The process is no more; nobody hears anything. */
    void vanish() {
        open = false;
    }
}

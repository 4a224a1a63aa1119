package dev.outbox.relay.simulation;

import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.broker.PublishingFailedException;
import dev.outbox.relay.broker.UnavailableTopicException;
import dev.outbox.relay.broker.UnpublishableEventException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A producer's way to one partition: what waits, what is on the wire, and what is tried again. */
final class ModelChannel {

    private static final long RETRY_MILLIS = 150;

    private enum Answer {
        ACKNOWLEDGED,
        REFUSED_FOR_NOW,
        FAILED,
        RECORD_REFUSED,
        TOPIC_REFUSED
    }

    private final World world;
    private final RelayProcess process;
    private final ModelBroker broker;
    private final ModelSession session;
    private final int partition;
    private final Deque<ModelBatch.Pending> waiting = new ArrayDeque<>();
    private final List<ModelBatch> inFlight = new ArrayList<>();
    private int sequence;

    ModelChannel(World world, RelayProcess process, ModelBroker broker, ModelSession session, int partition) {
        this.world = world;
        this.process = process;
        this.broker = broker;
        this.session = session;
        this.partition = partition;
    }

    void add(ModelBatch.Pending record) {
        waiting.add(record);
        world.after(world.random().nextLong(World.MILLI), this::transmit);
    }

    /** Nothing of it leaves any more; what is on the wire arrives all the same. */
    void fail(PublishingFailedException cause) {
        List<ModelBatch> unanswered = List.copyOf(inFlight);
        List<ModelBatch.Pending> unsent = List.copyOf(waiting);
        inFlight.clear();
        waiting.clear();
        unanswered.forEach(batch -> batch.fail(cause));
        unsent.forEach(record -> record.acks().failed(cause));
    }

    private void transmit() {
        if (!isOpen()) {
            return;
        }
        if (process.isFrozen()) {
            process.whenThawed(this::transmit);
            return;
        }
        int most = world.holds(Rule.ONE_REQUEST_IN_FLIGHT) ? 1 : 2;
        while (inFlight.size() < most && !waiting.isEmpty()) {
            ModelBatch batch = nextBatch();
            inFlight.add(batch);
            transmit(batch);
        }
    }

    private ModelBatch nextBatch() {
        List<ModelBatch.Pending> records = new ArrayList<>();
        while (records.size() < world.plan().batch() && !waiting.isEmpty()) {
            records.add(waiting.remove());
        }
        ModelBatch batch = new ModelBatch(session.producer(), partition, sequence, records);
        sequence += records.size();
        return batch;
    }

    private void transmit(ModelBatch batch) {
        if (!isOpen() || !inFlight.contains(batch)) {
            return;
        }
        if (process.isFrozen()) {
            process.whenThawed(() -> transmit(batch));
            return;
        }
        long travel = world.strikes(Fault.REQUEST_LATE, 10) ? world.between(0, 3_000) : world.between(0, 3);
        world.after(travel, () -> arrive(batch));
        world.after(world.between(RETRY_MILLIS, 2 * RETRY_MILLIS), () -> transmit(batch));
    }

    private void arrive(ModelBatch batch) {
        if (broker.isAway()) {
            return;
        }
        if (broker.isGone(batch.topic())) {
            answer(batch, world.random().nextInt(4) == 0 ? Answer.TOPIC_REFUSED : Answer.REFUSED_FOR_NOW);
        } else if (world.strikes(Fault.REQUEST_REFUSED, 8)) {
            answer(batch, Answer.REFUSED_FOR_NOW);
        } else if (world.strikes(Fault.RECORD_REFUSED, 30)) {
            answer(batch, Answer.RECORD_REFUSED);
        } else if (world.strikes(Fault.REQUEST_FAILS, 20)) {
            if (world.random().nextBoolean()) {
                broker.append(batch);
            }
            answer(batch, Answer.FAILED);
        } else {
            answer(batch, broker.append(batch) ? Answer.ACKNOWLEDGED : Answer.REFUSED_FOR_NOW);
        }
    }

    private void answer(ModelBatch batch, Answer answer) {
        if (!world.strikes(Fault.ANSWER_LOST, 8)) {
            world.after(world.between(0, 3), () -> hear(batch, answer));
        }
    }

    private void hear(ModelBatch batch, Answer answer) {
        if (!isOpen() || !inFlight.contains(batch)) {
            return;
        }
        if (process.isFrozen()) {
            process.whenThawed(() -> hear(batch, answer));
            return;
        }
        switch (answer) {
            case REFUSED_FOR_NOW -> world.after(world.between(5, 50), () -> transmit(batch));
            case ACKNOWLEDGED -> {
                inFlight.remove(batch);
                batch.acknowledge();
                transmit();
            }
            case FAILED -> fail(batch, failure(batch, null));
            case TOPIC_REFUSED ->
                fail(
                        batch,
                        new PublishingFailedException(
                                batch.rows().get(0),
                                new IllegalStateException("no right"),
                                new UnavailableTopicException(batch.topic(), "no right")));
            case RECORD_REFUSED -> {
                List<OutboxRow> rows = batch.rows();
                OutboxRow refused = rows.get(world.random().nextInt(rows.size()));
                fail(
                        batch,
                        failure(batch, new UnpublishableEventException(refused, "the broker does not take it", null)));
            }
        }
    }

    /** @param refusal because of which record it fails each time, or null */
    private static PublishingFailedException failure(ModelBatch batch, @Nullable UnpublishableEventException refusal) {
        OutboxRow row = refusal == null ? batch.rows().get(0) : refusal.row();
        return new PublishingFailedException(row, new IllegalStateException("refused for good"), refusal);
    }

    private void fail(ModelBatch batch, PublishingFailedException cause) {
        world.say(() -> "%s fails for good".formatted(batch));
        inFlight.remove(batch);
        session.fail(batch, cause);
        transmit();
    }

    private boolean isOpen() {
        return process.isAlive() && session.isOpen();
    }
}

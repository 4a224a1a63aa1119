package dev.outbox.consumer.internal.processing;

import dev.outbox.consumer.EventMetadata;
import dev.outbox.consumer.TombstonePolicy;
import dev.outbox.consumer.guard.Admission;
import dev.outbox.consumer.guard.GuardedEvent;
import dev.outbox.consumer.guard.UncountedEventException;
import dev.outbox.consumer.internal.handler.EventHandlerMethod;
import dev.outbox.consumer.internal.handler.EventHandlers;
import dev.outbox.consumer.internal.handler.EventHandlingException;
import dev.outbox.consumer.internal.handler.RecordObservation;
import dev.outbox.consumer.internal.parking.InboxParking;
import dev.outbox.consumer.internal.processing.InboxOutcome.Duplicate;
import dev.outbox.consumer.internal.processing.InboxOutcome.Handled;
import dev.outbox.consumer.internal.processing.InboxOutcome.Ignored;
import dev.outbox.consumer.internal.processing.InboxOutcome.Parked;
import dev.outbox.consumer.internal.record.InboxRecord;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.internal.logging.EventLogFields;
import dev.outbox.internal.upcast.EncodedEvent;
import dev.outbox.internal.upcast.PayloadReader;
import dev.outbox.internal.upcast.ReadEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Applies received events once, however often they are delivered. All events of one call are applied in one transaction:
 *
 * <ol>
 *   <li>A transaction begins on the service's transaction manager.
 *   <li>The keys that have parked events are locked. New events of these keys are parked behind them.
 *   <li>The guard enters all other events into the inbox, in one statement. An event that a committed transaction has already
 *       entered is a duplicate; nothing else happens to it. An event that the guard holds back is parked. All of this happens
 *       before the first handler runs, so no handler is to blame for a failure up to this point.
 *   <li>For each new event, in order, the payload is read as the class that the handlers understand. An older payload goes
 *       through upcasters, which may make several events out of it, or none. Then the handlers run, in their order.
 *   <li>The transaction commits the inbox entries, what the handlers changed, the events that they raised and what was parked:
 *       all or nothing.
 *   <li>The caller may commit the Kafka offset only after this method has returned. After a crash in between, or a rebalance,
 *       Kafka delivers the events again, as duplicates.
 * </ol>
 *
 * Any exception on the way rolls the transaction back, and the events are as new as before. Thread-safe.
 */
public final class InboxProcessor {

    private static final InboxOutcome HANDLED = new Handled();
    private static final InboxOutcome DUPLICATE = new Duplicate();
    private static final InboxOutcome NOT_AN_EVENT = new Ignored("not a CloudEvent");
    private static final InboxOutcome TOMBSTONE = new Ignored("a tombstone");
    private static final InboxOutcome NO_HANDLER = new Ignored("no handler for this type");

    private final String consumer;
    private final EventHandlers handlers;
    private final InboxStores stores;
    private final PayloadReader payloads;
    private final VersionMemory versions;
    private final TombstonePolicy tombstones;
    private final RecordObservation observation;

    public InboxProcessor(
            String consumer,
            EventHandlers handlers,
            InboxStores stores,
            PayloadReader payloads,
            VersionMemory versions,
            TombstonePolicy tombstones,
            RecordObservation observation) {
        this.consumer = consumer;
        this.handlers = handlers;
        this.stores = stores;
        this.payloads = payloads;
        this.versions = versions;
        this.tombstones = tombstones;
        this.observation = observation;
    }

    /**
     * {@return what happened to each record, in their order}
     *
     * @throws CulpritException if it is known which record is to blame
     * @throws InboxUnavailableException if no record is to blame
     * @throws RuntimeException if it is not known whether a record is to blame, because the transaction could not be committed
     */
    public List<InboxOutcome> process(List<InboxRecord> records) {
        Batch batch = new Batch(records);
        if (batch.isEmpty()) {
            return batch.outcomes();
        }
        try {
            return Objects.requireNonNull(stores.transactions().execute(transaction -> {
                apply(batch);
                return batch.outcomes();
            }));
        } catch (CannotCreateTransactionException notBegun) {
            throw new InboxUnavailableException(
                    "No transaction could be started. Does the database answer, and does the pool have a free connection?",
                    notBegun);
        }
    }

    private void apply(Batch batch) {
        List<InboxParking> parkings = new ArrayList<>();
        Set<InboxKey> parked = guarded(() -> stores.parking().lockParked(consumer, batch.keys()));
        List<Integer> admissible = new ArrayList<>(batch.size());
        for (int index : batch.relevant()) {
            if (!parked.isEmpty() && parked.contains(batch.record(index).key(consumer))) {
                park(batch, index, ParkingCause.BEHIND, parkings);
            } else {
                admissible.add(index);
            }
        }
        List<Admission> admissions = admissible.isEmpty() ? List.of() : admit(batch, admissible);
        List<Integer> admitted = decide(batch, admissible, admissions, parkings);
        guarded(() -> {
            stores.parking().park(parkings);
            return parkings;
        });
        for (int index : admitted) {
            batch.set(index, handle(batch, index));
        }
    }

    /** {@return the indexes of the new events} */
    private List<Integer> decide(
            Batch batch, List<Integer> admissible, List<Admission> admissions, List<InboxParking> parkings) {
        List<Integer> admitted = new ArrayList<>(admissible.size());
        Set<InboxKey> heldBack = new HashSet<>();
        for (int i = 0; i < admissions.size(); i++) {
            int index = admissible.get(i);
            switch (admissions.get(i)) {
                case NEW -> admitted.add(index);
                case DUPLICATE -> batch.set(index, DUPLICATE);
                case GAP, FORK, LATE -> {
                    boolean first = heldBack.add(batch.record(index).key(consumer));
                    ParkingCause cause = ParkingCause.valueOf(admissions.get(i).name());
                    park(batch, index, first ? cause : ParkingCause.BEHIND, parkings);
                }
            }
        }
        return admitted;
    }

    private List<Admission> admit(Batch batch, List<Integer> admissible) {
        List<GuardedEvent> events = admissible.stream().map(batch::guarded).toList();
        try {
            return guarded(() -> stores.guard().admit(consumer, events));
        } catch (UncountedEventException uncounted) {
            throw new CulpritException(admissible.get(uncounted.index()), uncounted);
        }
    }

    private InboxOutcome handle(Batch batch, int index) {
        try {
            return handle(batch.record(index));
        } catch (RuntimeException failed) {
            throw new CulpritException(index, failed);
        }
    }

    /** Calls the handlers of one event, in the current transaction. */
    public InboxOutcome handle(InboxRecord received) {
        if (!payloads.understands(received.type())) {
            return NO_HANDLER;
        }
        if (isPassedOver(received)) {
            return TOMBSTONE;
        }
        try {
            callHandlers(received);
        } catch (Error error) { // would stop the container; for the event it is a failure like any other
            throw new EventHandlingException("%s could not be handled".formatted(received), error);
        }
        return HANDLED;
    }

    private void callHandlers(InboxRecord received) {
        EventLogFields fields = received.logFields(handlers.aggregateOf(received.type()));
        observation.run(received, () -> fields.run(() -> callEach(received)));
    }

    private void callEach(InboxRecord received) {
        EncodedEvent stored = received.stored();
        versions.seen(consumer, stored.type());
        for (ReadEvent read : payloads.read(stored)) {
            EventMetadata metadata = metadataOf(read, received.metadata());
            for (EventHandlerMethod method : handlers.of(read.type().eventType().name())) {
                method.handle(read.event(), metadata);
            }
        }
    }

    /** {@return what a handler learns about an event, given the metadata of the stored one} */
    static EventMetadata metadataOf(ReadEvent read, EventMetadata stored) {
        return read.id().equals(stored.id())
                ? stored
                : new EventMetadata(
                        read.id(),
                        stored.source(),
                        stored.type(),
                        stored.version(),
                        stored.aggregateId(),
                        stored.sequence(),
                        stored.time(),
                        stored.headers(),
                        read.part());
    }

    /** {@return whether the guard may hold an event back until another one has arrived} */
    boolean mayHoldBack() {
        return stores.guard().seesEveryType();
    }

    /** {@return the guard's verdict on one event, which it enters in the current transaction if the event is new} */
    public Admission admit(InboxRecord received) {
        return stores.guard().admit(consumer, List.of(received.guarded())).get(0);
    }

    /** {@return the same for an event that was held back, but no longer is} */
    public Admission letIn(InboxRecord received) {
        stores.guard().letIn(consumer, received.guarded());
        return admit(received);
    }

    /**
     * Gives up an event in the current transaction. The guard treats it as applied, so a repeated delivery is a duplicate. If
     * the guard cannot tell the event from others, nothing is remembered.
     */
    public void passOver(InboxRecord received) {
        if (!received.isReadable()) {
            return;
        }
        Admission admission;
        try {
            admission = admit(received);
        } catch (UncountedEventException unknown) {
            return;
        }
        if (admission.isHeldBack()) {
            letIn(received);
        }
    }

    private void park(Batch batch, int index, ParkingCause cause, List<InboxParking> parkings) {
        parkings.add(batch.record(index).parking(consumer, cause, null, 0));
        batch.set(index, new Parked(cause));
    }

    /** {@return whether the guard and the handlers have to look at a record} */
    private boolean isRelevant(InboxRecord received) {
        boolean handled = payloads.understands(received.type()) && !isPassedOver(received);
        return handled || (stores.guard().seesEveryType() && received.isCounted());
    }

    private boolean isPassedOver(InboxRecord received) {
        return tombstones == TombstonePolicy.IGNORE && received.isTombstone();
    }

    private static <T> T guarded(Supplier<T> statement) {
        try {
            return statement.get();
        } catch (UncountedEventException uncounted) {
            throw uncounted;
        } catch (RuntimeException failed) {
            throw new InboxUnavailableException(
                    "The inbox cannot be read or written. Does the database answer, and are its tables there?", failed);
        }
    }

    /** Records and what happens to them. */
    private final class Batch {

        private final List<InboxRecord> records;
        private final List<Integer> relevant = new ArrayList<>();
        private final InboxOutcome[] outcomes;

        Batch(List<InboxRecord> records) {
            this.records = records;
            this.outcomes = new InboxOutcome[records.size()];
            for (int index = 0; index < outcomes.length; index++) {
                InboxRecord received = records.get(index);
                if (!received.isEvent()) {
                    outcomes[index] = NOT_AN_EVENT;
                } else if (!isRelevant(received)) {
                    outcomes[index] = payloads.understands(received.type()) ? TOMBSTONE : NO_HANDLER;
                } else {
                    relevant.add(index);
                }
            }
        }

        boolean isEmpty() {
            return relevant.isEmpty();
        }

        int size() {
            return records.size();
        }

        List<Integer> relevant() {
            return relevant;
        }

        InboxRecord record(int index) {
            return records.get(index);
        }

        Set<InboxKey> keys() {
            return relevant.stream().map(index -> record(index).key(consumer)).collect(Collectors.toSet());
        }

        GuardedEvent guarded(int index) {
            try {
                return record(index).guarded();
            } catch (RuntimeException unreadable) {
                throw new CulpritException(index, unreadable);
            }
        }

        void set(int index, InboxOutcome outcome) {
            outcomes[index] = outcome;
        }

        List<InboxOutcome> outcomes() {
            return List.of(outcomes);
        }
    }
}

package dev.outbox.inbox;

import dev.outbox.inbox.InboxOutcome.Duplicate;
import dev.outbox.inbox.InboxOutcome.Handled;
import dev.outbox.inbox.InboxOutcome.Ignored;
import dev.outbox.inbox.InboxOutcome.Parked;
import dev.outbox.inbox.guard.Admission;
import dev.outbox.inbox.guard.GuardedEvent;
import dev.outbox.inbox.guard.UncountedEventException;
import dev.outbox.inbox.parking.InboxKey;
import dev.outbox.inbox.parking.Parking;
import dev.outbox.inbox.parking.ParkingCause;
import dev.outbox.upcast.PayloadReader;
import dev.outbox.upcast.ReadEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Applies received events once, however often they are delivered, all that are given to it in one transaction:
 *
 * <ol>
 *   <li>A transaction begins on the service's transaction manager.
 *   <li>The keys that have parked events are locked. Their events are parked behind.
 *   <li>The guard enters all other events into the inbox, in one statement. What a committed transaction has entered before
 *       is a duplicate, of which nothing else happens. What it holds back is parked. All of that comes before the first
 *       handler, so that what fails until then is not the fault of one.
 *   <li>For each new event, in order: the payload is read as the class that the handlers understand, through upcasters if it
 *       is older, which may make several events of it, or none; and the handlers run, in theirs.
 *   <li>The transaction commits: the entries, what the handlers changed, the events that they raised and what was parked, all
 *       or nothing.
 *   <li>Only after this method has returned may the caller commit the Kafka offset. A crash in between, or a rebalance,
 *       makes Kafka deliver the events again: duplicates.
 * </ol>
 *
 * Whatever is thrown on the way rolls the transaction back, so that the events are as new as before. Thread-safe.
 */
final class InboxProcessor {

    private static final InboxOutcome HANDLED = new Handled();
    private static final InboxOutcome DUPLICATE = new Duplicate();
    private static final InboxOutcome NOT_AN_EVENT = new Ignored("not a CloudEvent");
    private static final InboxOutcome TOMBSTONE = new Ignored("a tombstone");
    private static final InboxOutcome NO_HANDLER = new Ignored("no handler for this type");

    private final String consumer;
    private final EventHandlers handlers;
    private final InboxStores stores;
    private final PayloadReader payloads;
    private final TombstonePolicy tombstones;
    private final RecordScope scope;

    InboxProcessor(
            String consumer,
            EventHandlers handlers,
            InboxStores stores,
            PayloadReader payloads,
            TombstonePolicy tombstones,
            RecordScope scope) {
        this.consumer = consumer;
        this.handlers = handlers;
        this.stores = stores;
        this.payloads = payloads;
        this.tombstones = tombstones;
        this.scope = scope;
    }

    /**
     * {@return what became of each record, in their order}
     *
     * @throws CulpritException if it is known which record is to blame
     * @throws InboxUnavailableException if none is
     * @throws RuntimeException if that is not known, as the transaction could not be committed
     */
    List<InboxOutcome> process(List<InboxRecord> records) {
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
                    "No transaction could be begun. Does the database answer, and has the pool a connection left?",
                    notBegun);
        }
    }

    private void apply(Batch batch) {
        List<Parking> parkings = new ArrayList<>();
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

    /** {@return those that are new} */
    private List<Integer> decide(
            Batch batch, List<Integer> admissible, List<Admission> admissions, List<Parking> parkings) {
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
    InboxOutcome handle(InboxRecord received) {
        if (!payloads.understands(received.type())) {
            return NO_HANDLER;
        }
        if (isPassedOver(received)) {
            return TOMBSTONE;
        }
        try {
            callHandlers(received);
        } catch (Error error) { // would stop the container; to the event it is a failure as any other
            throw new EventHandlingException("%s could not be handled".formatted(received), error);
        }
        return HANDLED;
    }

    private void callHandlers(InboxRecord received) {
        scope.run(received, () -> {
            ReceivedEvent event = received.toEvent();
            for (ReadEvent read : payloads.read(event.stored())) {
                EventMetadata metadata = event.metadata().of(read);
                for (EventHandlerMethod method :
                        handlers.of(read.type().eventType().name())) {
                    method.handle(read.event(), metadata);
                }
            }
        });
    }

    /** {@return whether the guard may hold an event back until another has come} */
    boolean mayHoldBack() {
        return stores.guard().seesEveryType();
    }

    /** {@return what the guard says of one event, which it enters in the current transaction if it is new} */
    Admission admit(InboxRecord received) {
        return stores.guard().admit(consumer, List.of(received.guarded())).get(0);
    }

    /** {@return the same of an event that was held back, and is not any more} */
    Admission letIn(InboxRecord received) {
        stores.guard().letIn(consumer, received.guarded());
        return admit(received);
    }

    /**
     * Gives an event up, in the current transaction: to the guard, it is applied, so that what comes again of it is a
     * duplicate. Of what the guard cannot tell from others, nothing is remembered.
     */
    void passOver(InboxRecord received) {
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

    private void park(Batch batch, int index, ParkingCause cause, List<Parking> parkings) {
        parkings.add(batch.record(index).parking(consumer, cause, null, 0));
        batch.set(index, new Parked(cause));
    }

    /** {@return whether a record has to be looked at by guard and handlers} */
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

    /** Records and what becomes of them. */
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

package dev.outbox.eventstore.internal.aggregate;

import dev.outbox.event.AggregateRef;
import dev.outbox.eventstore.StoredEvent;
import dev.outbox.eventstore.internal.metrics.EventStoreMeters;
import dev.outbox.eventstore.internal.snapshot.SnapshotSeal;
import dev.outbox.eventstore.internal.snapshot.StateFormat;
import dev.outbox.eventstore.internal.stream.SnapshotRow;
import dev.outbox.eventstore.internal.stream.Snapshots;
import dev.outbox.eventstore.internal.stream.StreamHistory;
import dev.outbox.eventstore.internal.stream.StreamReader;
import dev.outbox.eventstore.internal.stream.StreamRow;
import dev.outbox.eventstore.internal.stream.Streams;
import dev.outbox.internal.stream.StreamCapture;
import dev.outbox.personal.SubjectKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Loads aggregates of one class from their snapshots, and takes these. A snapshot that cannot be used costs time and nothing
 * else: the stream is the truth. Thread-safe.
 */
final class AggregateSnapshots<S> {

    private static final Logger log = LoggerFactory.getLogger(AggregateSnapshots.class);

    /** Each one is another layer of encryption, and another key to look up. */
    private static final int MOST_SUBJECTS = 16;

    private final AggregateModel<S> model;
    private final StateFormat<S> format;
    private final StreamCapture capture;
    private final Streams streams;
    private final Snapshots snapshots;
    private final SnapshotSeal seal;
    private final StreamReader reader;
    private final StreamReader readerWithKeysAnew;
    private final CommandTransactions transactions;
    private final BooleanSupplier isVerified;
    private final Supplier<EventStoreMeters> meters;

    /**
     * @param isVerified whether the load that asks is compared with its whole stream
     */
    AggregateSnapshots(
            AggregateModel<S> model,
            StateFormat<S> format,
            StreamTables tables,
            StreamReader reader,
            CommandTransactions transactions,
            BooleanSupplier isVerified,
            Supplier<EventStoreMeters> meters) {
        this.model = model;
        this.format = format;
        this.capture = tables.capture();
        this.streams = tables.streams();
        this.snapshots = tables.snapshots();
        this.seal = tables.seal();
        this.reader = reader;
        this.readerWithKeysAnew = reader.withKeysAnew();
        this.transactions = transactions;
        this.isVerified = isVerified;
        this.meters = meters;
    }

    /** {@return the state as it is now, by one query} */
    Loaded<S> load(AggregateRef stream) {
        capture.writePending();
        StreamHistory history = snapshots.load(stream, format.fingerprint());
        SnapshotRow snapshot = history.snapshot();
        if (snapshot == null) {
            return replayed(Loaded.nothingOf(stream), history.rows());
        }
        Loaded<S> kept;
        try {
            Optional<byte[]> state = seal.open(stream, snapshot.version(), snapshot.subjects(), snapshot.state());
            if (state.isEmpty()) {
                return replayed(Loaded.nothingOf(stream), streams.read(stream, 0));
            }
            kept = new Loaded<>(
                    stream, snapshot.version(), format.read(state.get()), snapshot.version(), snapshot.subjects());
        } catch (JacksonException | IllegalArgumentException unreadable) {
            log.warn(
                    "The snapshot of {} at {} cannot be read, and is ignored until it is replaced",
                    stream,
                    snapshot.version(),
                    unreadable);
            return replayed(Loaded.nothingOf(stream), streams.read(stream, 0));
        }
        Loaded<S> loaded = replayed(kept, history.rows());
        return isVerified.getAsBoolean() ? verified(loaded) : loaded;
    }

    /** {@return whether a snapshot is to be taken now that the stream has this version} */
    boolean isDue(Loaded<S> loaded, long version) {
        return version - loaded.snapshotVersion() >= model.snapshotEvery();
    }

    /**
     * Takes a snapshot of what was stored, in the current transaction.
     *
     * @param loaded the state before what this transaction has appended
     * @return the state in it
     */
    S take(Loaded<S> loaded, long version) {
        AggregateRef stream = loaded.stream();
        Loaded<S> current = replayed(loaded, streams.read(stream, loaded.version()));
        if (current.subjects().size() > MOST_SUBJECTS) {
            return Objects.requireNonNull(current.state());
        }
        SortedMap<String, SubjectKey> keys = seal.keysOf(current.subjects());
        if (keys.size() < current.subjects().size()) {
            // Somebody was forgotten, but may have been remembered by what this state was made of.
            current = replayed(readerWithKeysAnew, Loaded.nothingOf(stream), streams.read(stream, 0));
        }
        S state = Objects.requireNonNull(current.state());
        try {
            byte[] sealed = seal.seal(stream, version, keys, format.write(state));
            snapshots.save(
                    stream, format.fingerprint(), new SnapshotRow(version, sealed, new TreeSet<>(keys.keySet())));
            meters.get().snapshotTaken(model.aggregate());
        } catch (JacksonException unwritable) {
            log.error(
                    "No snapshot of {} can be taken, because Jackson cannot write {}",
                    stream,
                    model.state().getName(),
                    unwritable);
            meters.get().snapshotFailed(model.aggregate());
        }
        return state;
    }

    private Loaded<S> replayed(Loaded<S> from, List<StreamRow> rows) {
        return replayed(reader, from, rows);
    }

    private Loaded<S> replayed(StreamReader by, Loaded<S> from, List<StreamRow> rows) {
        Loaded<S> loaded = from;
        for (StoredEvent event : by.events(from.stream(), from.version(), rows)) {
            loaded = loaded.after(event, model);
        }
        return loaded;
    }

    /** Events that were appended since the load are not compared. */
    private Loaded<S> verified(Loaded<S> loaded) {
        AggregateRef stream = loaded.stream();
        List<StreamRow> rows = streams.read(stream, 0).stream()
                .filter(row -> row.version() <= loaded.version())
                .toList();
        Loaded<S> replayed = replayed(Loaded.nothingOf(stream), rows);
        if (format.isSame(Objects.requireNonNull(loaded.state()), Objects.requireNonNull(replayed.state()))) {
            return loaded;
        }
        boolean isDropped =
                transactions.change(() -> snapshots.drop(stream, format.fingerprint(), loaded.snapshotVersion()));
        if (!isDropped && !loaded.subjects().isEmpty()) {
            // Whoever forgets a subject between the two reads drops the snapshot, which was right.
            return replayed;
        }
        log.error(
                "The snapshot of {} at {} differs from what its events make of the state, and is dropped; raise the version in @EventSourced of {}, because others are as wrong",
                stream,
                loaded.snapshotVersion(),
                model.state().getName());
        meters.get().snapshotDiffers(model.aggregate());
        return replayed;
    }
}

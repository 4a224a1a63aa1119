package dev.outbox.eventstore.internal.stream;

import dev.outbox.event.AggregateRef;
import dev.outbox.eventstore.IncompleteStreamException;
import dev.outbox.eventstore.StoredEvent;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.upcast.EncodedEvent;
import dev.outbox.internal.upcast.PayloadReader;
import dev.outbox.internal.upcast.ReadEvent;
import dev.outbox.internal.upcast.Upcasters;
import dev.outbox.upcast.UnreadablePayloadException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/** Makes objects of the rows of a stream, through the upcasters of the service. Thread-safe. */
public final class StreamReader {

    private final Supplier<PayloadReader> payloads;

    /**
     * @param upcasters asked for with the first event, because they need all beans
     */
    public StreamReader(Supplier<Upcasters> upcasters, DomainEventTypes types) {
        this(() -> upcasters.get().readerFor(latestOfEach(types)));
    }

    private StreamReader(Supplier<PayloadReader> payloads) {
        this.payloads = SingletonSupplier.of(payloads);
    }

    /** {@return a reader like this one, which looks for the key of each encrypted member anew} */
    public StreamReader withKeysAnew() {
        return new StreamReader(() -> payloads.get().withKeysAnew());
    }

    /**
     * {@return the events, in order}
     *
     * @param after the version after which the rows come
     * @throws IncompleteStreamException if an event is missing
     * @throws UnreadablePayloadException if an event cannot be read, or nothing knows its type: without it, whatever is made of
     *     the stream would be wrong
     */
    public List<StoredEvent> events(AggregateRef stream, long after, List<StreamRow> rows) {
        List<StoredEvent> events = new ArrayList<>();
        long last = after;
        for (StreamRow row : rows) {
            if (row.version() != last + 1) {
                throw new IncompleteStreamException(stream, last + 1, row.version());
            }
            last = row.version();
            events.addAll(read(row));
        }
        return events;
    }

    private List<StoredEvent> read(StreamRow row) {
        PayloadReader reader = payloads.get();
        if (!reader.knows(row.type())) {
            throw new UnreadablePayloadException(
                    "%s, number %d of %s, cannot be read, because no class declares it. Declare its class, or add an @Upcaster that reads it; a method that returns nothing drops it."
                            .formatted(row.type(), row.version(), row.stream()));
        }
        List<ReadEvent> read =
                reader.read(new EncodedEvent(row.id().toString(), row.type(), row.payload(), row.headers()));
        return read.stream()
                .map(event -> new StoredEvent(
                        row.id(),
                        row.stream(),
                        row.version(),
                        event.part(),
                        row.type(),
                        row.time(),
                        row.headers(),
                        event.event()))
                .toList();
    }

    private static Collection<DomainEventType> latestOfEach(DomainEventTypes types) {
        Map<String, DomainEventType> latest = new TreeMap<>();
        types.all()
                .forEach(type -> latest.merge(
                        type.eventType().name(),
                        type,
                        (one, other) ->
                                one.eventType().version() > other.eventType().version() ? one : other));
        return latest.values();
    }
}

package dev.outbox.eventstore;

import dev.outbox.event.AggregateRef;
import java.util.List;

/**
 * The streams of the aggregates whose events are stored. A stream has the events of one aggregate, numbered 1, 2, 3 and so on; the
 * number of the last one is the version of the stream. Aggregate types are stored if the state of the aggregate is declared with
 * {@link dev.outbox.eventstore.aggregate.EventSourced}, or {@code outbox.eventstore.stored} names them.
 *
 * <p>Events are appended in the current transaction, together with everything else that it does, and are published after its
 * commit like all others. They are written when {@code append} is called. From then until the transaction ends, the stream is
 * locked against other writers.
 *
 * <p>Events of a stored aggregate can also be raised like those of any other, such as with {@code Outbox.publish}. They are
 * written with the commit, or before that if the same transaction reads or appends to a stream.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface EventStore {

    /**
     * Appends events to a stream.
     *
     * @param stream the aggregate that all of the events belong to
     * @param expected the version that the stream must have
     * @param events at least one, in the order in which they happened
     * @throws VersionConflictException if the stream has another version; nothing has been written then, and the transaction can
     *     go on
     * @throws IllegalArgumentException if there is no event, one belongs to another aggregate, or the type of the aggregate is
     *     not stored
     * @throws dev.outbox.producer.EventRefusedException if an event cannot be stored, or there is no transaction to do it in
     */
    Appended append(AggregateRef stream, ExpectedVersion expected, List<?> events);

    /**
     * Appends events to one or more streams, if all streams of the boundary have their versions. Until the transaction ends, no
     * other transaction appends to any of them, including those that were only read.
     *
     * @param boundary the streams that the decision depends on, which include those of the events
     * @param events at least one, in the order in which they happened; each belongs to a stream of the boundary
     * @throws VersionConflictException if a stream has another version; nothing has been written then, and the transaction can
     *     go on
     * @throws IllegalArgumentException if there is no event, one belongs to a stream outside of the boundary, or a type is not
     *     stored
     * @throws dev.outbox.producer.EventRefusedException if an event cannot be stored, or there is no transaction to do it in
     */
    Appended append(Boundary boundary, List<?> events);

    /**
     * {@return the whole stream, in order; empty if there is none}
     *
     * @throws IncompleteStreamException as for {@link #read(AggregateRef, long)}
     */
    default List<StoredEvent> read(AggregateRef stream) {
        return read(stream, 0);
    }

    /**
     * {@return the events of a stream after a version, in order} Each is in the version that the service understands, whatever
     * the version in which it was stored. An {@code @Upcaster} may have made several events of one, or none.
     *
     * @param afterVersion 0 for the whole stream
     * @throws IncompleteStreamException if an event is missing, as when the aggregate had events before its type was stored
     * @throws dev.outbox.upcast.UnreadablePayloadException if an event cannot be read, or nothing here knows its type
     */
    List<StoredEvent> read(AggregateRef stream, long afterVersion);
}

package dev.outbox.relay.internal.log;

import dev.outbox.relay.internal.log.PublishedEvents.Unknown;
import dev.outbox.relay.internal.log.PublishedEvents.Upto;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far one lane has come.
 *
 * @param lane its number
 * @param position its durable position as text, or null if it has none
 * @param current the snapshot in which it was read
 * @param isForeign whether the position was saved on another server
 */
public record LanePosition(int lane, @Nullable String position, Snapshot current, boolean isForeign) {

    /** {@return what is published at all of the positions} */
    public static PublishedEvents published(List<LanePosition> found) {
        Optional<Unknown> unknown = found.stream()
                .map(LanePosition::unknown)
                .flatMap(Optional::stream)
                .findFirst();
        if (unknown.isPresent()) {
            return unknown.get();
        }
        return found.stream()
                .map(LanePosition::done)
                .reduce(Snapshot::sharedWith)
                .<PublishedEvents>map(Upto::new)
                .orElseGet(() -> new Unknown("no lane has been relayed yet"));
    }

    /** {@return how far the lane has come on this server; the start if that is not known} */
    public Position known() {
        return position == null || unknown().isPresent() ? Position.START : Position.parse(position);
    }

    private Snapshot done() {
        if (position == null) {
            return Snapshot.EMPTY;
        }
        Position parsed = Position.parse(position);
        Position.Paging paging = parsed.paging();
        return paging != null && paging.seq() == paging.lastSeq() ? paging.next() : parsed.done();
    }

    private Optional<Unknown> unknown() {
        if (position == null) {
            return Optional.of(new Unknown("lane %d has no position yet".formatted(lane)));
        }
        if (isForeign || done().xmax() > current.xmax()) {
            return Optional.of(
                    new Unknown("the position of lane %d is not of this database: %s".formatted(lane, position)));
        }
        return Optional.empty();
    }
}

package dev.outbox.relay.internal.lane;

import dev.outbox.relay.broker.TopicState.Writable;
import dev.outbox.relay.internal.parking.LaneParking;
import dev.outbox.relay.internal.parking.Release;
import java.util.Optional;

/**
 * Sends what was set aside, page by page, while the lane goes on: aggregates that a person has decided about, and the events
 * of topics that are back.
 *
 * <ol>
 *   <li>A page of these events is read from the table, in order, and sent after what is in flight; its position is that of
 *       the page before. The transaction that saves the position past the page also removes its events from the table. A
 *       crash in between sends them again. Only then is the next page read from the table, so the events read there have not
 *       been sent yet.
 *   <li>In the meantime the lane reads on. Later events of the same aggregates and topics are set aside after the others.
 *   <li>When the table has less than a page of these events, the lane reads nothing more until the release is finished:
 *       everything in flight is acknowledged and saved, so that everything that was set aside is in the table; that is sent.
 *       When there is none left, the aggregates are not parked any more, or the topic is not held any more, and later events
 *       are sent as they come.
 * </ol>
 *
 * <p>A topic whose events a person has discarded is ended in the same way, without sending anything. An event of a held
 * topic is sent only by the release of that topic, so that it does not overtake the events that wait: a decision about its
 * aggregate lets it wait with them. For use by a single thread.
 */
final class LaneReleases {

    private final LaneSender sender;
    private Optional<String> topic = Optional.empty();
    private boolean finishing;

    LaneReleases(LaneSender sender) {
        this.sender = sender;
    }

    /** {@return whether there is something to release} Decisions come first, because a person waits for them. */
    boolean isWanted() {
        if (finishing) {
            return true;
        }
        LaneParking parking = sender.parking();
        if (parking.hasDecisions()) {
            topic = Optional.empty();
            return true;
        }
        topic = parking.givenUpTopic()
                .or(() -> parking.held().keySet().stream()
                        .filter(held -> sender.publisher().ask(held) instanceof Writable)
                        .findFirst());
        return topic.isPresent();
    }

    /** {@return whether nothing else may be read until the release is finished} */
    boolean isFinishing() {
        return finishing;
    }

    Release next(int limit) {
        LaneParking parking = sender.parking();
        Release release = topic.map(held -> next(held, limit))
                .orElseGet(() -> parking.nextDecided(limit, sender.publisher()::check));
        finishing = release.isLast() || (finishing && !release.isNothing());
        return release;
    }

    private Release next(String held, int limit) {
        LaneParking parking = sender.parking();
        return parking.givenUpTopic().filter(held::equals).isPresent()
                ? parking.nextGivenUp(held)
                : parking.nextHeld(held, limit, sender.publisher()::check);
    }

    /** Nothing is left. To be called in the transaction that saves the position. */
    void end() {
        if (topic.isEmpty()) {
            sender.parking().end();
        }
    }

    /** That transaction has been committed. */
    void ended() {
        topic.ifPresentOrElse(sender.parking()::ended, sender.parking()::ended);
        forget();
    }

    /** What was in flight is dropped; everything that must be released is in the table. */
    void forget() {
        finishing = false;
        topic = Optional.empty();
    }
}

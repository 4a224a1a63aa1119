package dev.outbox.relay;

import dev.outbox.relay.broker.TopicState.Writable;
import java.util.Optional;

/**
 * Sends what was kept aside, page by page, while the lane goes on: what a person has decided about, and the events of topics
 * that are back.
 *
 * <ol>
 *   <li>A page of it is read from the table, in order, and sent behind what is in flight; as its position it has that of the
 *       page before. When the position is saved over it, the same transaction removes it from the table. A crash in between
 *       sends it again. Only then the next page of it is read: so what is read from the table has not been sent.
 *   <li>Meanwhile the lane reads on. Later events of the same aggregates and topics are put aside behind.
 *   <li>When the table has less than a page of it, the lane reads nothing more until it is finished: all in flight is
 *       acknowledged and saved, so that all that was put aside is in the table; that is sent. When there is none left,
 *       the aggregates are parked no more, or the topic is held no more, and later events are sent as they come.
 * </ol>
 *
 * <p>A topic whose events a person has given up is ended in the same way, without sending anything. An event of a topic that is
 * held is sent by the release of that topic alone, so that it does not overtake those that
 * wait: a decision about its aggregate lets it wait with them. For one thread.
 */
final class LaneReleases {

    private final LaneSender sender;
    private Optional<String> topic = Optional.empty();
    private boolean finishing;

    LaneReleases(LaneSender sender) {
        this.sender = sender;
    }

    /** {@return whether there is something to release} Decisions come first, for somebody waits for them. */
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

    /** Nothing is left. In the transaction that saves the position. */
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

    /** What is in flight was dropped; the table has all that is to be released. */
    void forget() {
        finishing = false;
        topic = Optional.empty();
    }
}

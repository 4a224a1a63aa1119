package dev.outbox.relay;

import dev.outbox.relay.parking.Parking;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a position step has to change among the parked events, in its transaction.
 *
 * @param parked events of the page that are not published
 * @param published parked events that the page has published
 */
record Aside(List<Parking> parked, List<Long> published) {

    static final Aside NOTHING = new Aside(List.of(), List.of());

    Aside {
        parked = List.copyOf(parked);
        published = List.copyOf(published);
    }

    boolean isNothing() {
        return parked.isEmpty() && published.isEmpty();
    }

    Aside and(Aside later) {
        if (later.isNothing()) {
            return this;
        }
        return new Aside(
                Stream.concat(parked.stream(), later.parked.stream()).toList(),
                Stream.concat(published.stream(), later.published.stream()).toList());
    }
}

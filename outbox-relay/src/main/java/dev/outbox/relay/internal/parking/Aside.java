package dev.outbox.relay.internal.parking;

import java.util.List;
import java.util.stream.Stream;

/**
 * The changes to the parked events that belong to a step of the position. They are made in its transaction, in this order.
 *
 * @param parked events of the page that are not published
 * @param published parked events that the page has published
 * @param held parked events that wait for their topics from now on
 * @param refused parked events that were refused when they were released
 */
public record Aside(List<Parking> parked, List<Long> published, List<Parking> held, List<Refused> refused) {

    public static final Aside NOTHING = of(List.of());

    public Aside {
        parked = List.copyOf(parked);
        published = List.copyOf(published);
        held = List.copyOf(held);
        refused = List.copyOf(refused);
    }

    static Aside of(List<Parking> parked) {
        return new Aside(parked, List.of(), List.of(), List.of());
    }

    public boolean isNothing() {
        return parked.isEmpty() && !isRelease();
    }

    /** {@return whether it changes events that were parked before} */
    public boolean isRelease() {
        return !(published.isEmpty() && held.isEmpty() && refused.isEmpty());
    }

    public Aside and(Aside later) {
        if (later.isNothing()) {
            return this;
        }
        return new Aside(
                both(parked, later.parked),
                both(published, later.published),
                both(held, later.held),
                both(refused, later.refused));
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}

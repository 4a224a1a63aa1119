package dev.outbox.importer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What an import would do now, without doing it.
 *
 * @param source the other outbox and its table
 * @param events what would be imported, by type
 * @param left what would stay where it is, and why
 * @param obstacles at what the import would stop, and why
 * @since 0.1.0
 */
public record ImportPlan(String source, List<Events> events, List<Left> left, List<Obstacle> obstacles) {

    /** Keeps unmodifiable copies. */
    public ImportPlan {
        events = List.copyOf(events);
        left = List.copyOf(left);
        obstacles = List.copyOf(obstacles);
    }

    /** {@return how many events would be imported} */
    public long total() {
        return events.stream().mapToLong(Events::count).sum();
    }

    /** {@return the plan as a text of several lines} */
    @Override
    public String toString() {
        String importing = events.stream().map(Events::toString).collect(Collectors.joining());
        String leaving = left.stream().map(Left::toString).collect(Collectors.joining());
        String stopping = obstacles.stream().map(Obstacle::toString).collect(Collectors.joining());
        return "Import from %s%n  %d events would be imported%n%s%s%s"
                .formatted(source, total(), importing, leaving, stopping);
    }

    /**
     * Events of one type.
     *
     * @param peerType what the other outbox calls it
     * @param type name and version here
     * @param topic to which they would be published
     * @param count how many there are
     * @param keys of how many aggregates they are
     */
    public record Events(String peerType, String type, String topic, long count, long keys) {

        @Override
        public String toString() {
            return "    %s as %s to %s: %d of %d keys%n".formatted(peerType, type, topic, count, keys);
        }
    }

    /**
     * Rows that are not complete, but are not for the import.
     *
     * @param why they stay
     * @param count how many there are
     */
    public record Left(String why, long count) {

        @Override
        public String toString() {
            return "  %d stay: %s%n".formatted(count, why);
        }
    }

    /**
     * Rows that cannot be imported as long as something is wrong.
     *
     * @param why what is wrong
     * @param count how many there are
     * @param first id of the first one
     */
    public record Obstacle(String why, long count, String first) {

        @Override
        public String toString() {
            return "  %d would stop the import, the first is %s: %s%n".formatted(count, first, why);
        }
    }
}

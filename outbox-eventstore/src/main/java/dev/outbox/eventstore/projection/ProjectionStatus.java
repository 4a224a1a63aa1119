package dev.outbox.eventstore.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a projection is, as the database says. Immutable.
 *
 * @param projection its name
 * @param version the version that this service has
 * @param serving the generation that services read; null until this or another service has begun it
 * @param rebuild the generation that is being built; null if none is
 * @param canRollBack whether the generation that served before is still there
 * @since 0.1.0
 */
public record ProjectionStatus(
        String projection,
        int version,
        @Nullable Serving serving,
        @Nullable Rebuild rebuild,
        boolean canRollBack) {

    /** {@return whether services read what this service's version of the class has made} */
    public boolean isCurrent() {
        return serving != null && serving.version == version;
    }

    /**
     * The generation that services read.
     *
     * @param generation its number, counted from 1
     * @param version of the class that fills it
     * @param lanes its lanes, in order
     */
    public record Serving(int generation, int version, List<Lane> lanes) {

        /** Keeps an unmodifiable copy. */
        public Serving {
            lanes = List.copyOf(lanes);
        }
    }

    /**
     * A generation that is being built.
     *
     * @param generation its number
     * @param version of the class that fills it
     * @param done how many events it has handled
     * @param target how many there are to handle, about: those that there were when it was begun
     * @param perSecond how many it handles in a second, while it is at work
     * @param timeLeft how long that takes, if it goes on like that; null if nothing has been handled yet
     * @param begunAt when it was begun
     * @param lanes its lanes, in order
     */
    public record Rebuild(
            int generation,
            int version,
            long done,
            long target,
            double perSecond,
            @Nullable Duration timeLeft,
            Instant begunAt,
            List<Lane> lanes) {

        /** Keeps an unmodifiable copy. */
        public Rebuild {
            lanes = List.copyOf(lanes);
        }

        /** {@return how much is done, from 0 to 1} */
        public double share() {
            return target == 0 ? 1 : Math.min(1, (double) done / target);
        }
    }

    /**
     * A lane.
     *
     * @param lane its number, counted from 0
     * @param owner the process that fills it; null if none does
     * @param handled how many events it has handled
     * @param savedAt when its position was saved last
     * @param failed the event that it has stopped at; null if it has not stopped
     */
    public record Lane(
            int lane,
            @Nullable String owner,
            long handled,
            Instant savedAt,
            @Nullable Failed failed) {}

    /**
     * An event that a lane has stopped at.
     *
     * @param event its id
     * @param type its type and version
     * @param stream the stream that it is of
     * @param reason why, in one line
     * @param since when the lane stopped
     */
    public record Failed(UUID event, String type, String stream, String reason, Instant since) {}
}

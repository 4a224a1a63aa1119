package dev.outbox.eventstore.internal.projection.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The right to fill a lane, as long as nobody else has raised its epoch.
 *
 * @param generation what is filled
 * @param lane its number, counted from 0
 * @param owner the name of this process
 * @param epoch under which it may be filled
 * @param schema in which its tables are; null for where services read them. It is another one under another epoch only
 * @param ttl after how much silence another process may take over
 */
public record ProjectionLease(
        GenerationRef generation,
        int lane,
        String owner,
        long epoch,
        @Nullable String schema,
        Duration ttl) {

    @Override
    public String toString() {
        return "%s, lane %d, epoch %d".formatted(generation, lane, epoch);
    }
}

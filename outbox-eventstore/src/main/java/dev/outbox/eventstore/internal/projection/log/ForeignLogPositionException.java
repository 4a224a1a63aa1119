package dev.outbox.eventstore.internal.projection.log;

/** A position, or events, were restored into a server that has not come as far as they have. Nothing can be read after it. */
public final class ForeignLogPositionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForeignLogPositionException(long reached, long current) {
        super(
                ("The stored events or the position are of another server: they have reached transaction %d, and this server only %d."
                                + " Advance its transaction ids beyond that with pg_resetwal before services write to it.")
                        .formatted(reached, current));
    }
}

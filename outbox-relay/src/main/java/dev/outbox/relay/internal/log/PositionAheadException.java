package dev.outbox.relay.internal.log;

/**
 * A position knows transactions that the server has not had yet: the database was restored from a dump or an older backup,
 * or another server answers. Going on could skip events, so the reader stops, and no relay gets the lane.
 */
public final class PositionAheadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param position the position
     * @param next the first transaction id that the server has not assigned
     */
    public PositionAheadException(Position position, long next) {
        super(("Position %s lies ahead of the database, whose next transaction is %d. The database was restored or"
                        + " replaced; going on could lose events. Once it is certain that this database is the right"
                        + " one, call LaneRebase.republish() to publish again all that the outbox retains.")
                .formatted(position, next));
    }
}

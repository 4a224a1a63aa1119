package dev.outbox.relay.internal.lease;

/**
 * The position of a lane was saved on another server: this database was restored from a dump, or migrated. Transaction ids
 * start over here, so going on could leave events out.
 */
public final class ForeignPositionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForeignPositionException(Lane lane, String history, String here) {
        super(("The position of lane %s was saved on server %s, and this is server %s. The database was restored from a"
                        + " dump or migrated; going on could lose events. Once it is certain that this is the right"
                        + " database, call LaneRebase.republish(), which publishes again all that the outbox retains; or,"
                        + " after pg_upgrade, which goes on counting, LaneRebase.keep().")
                .formatted(lane, history, here));
    }
}

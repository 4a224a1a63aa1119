package dev.outbox.store;

/**
 * A standby was promoted since the lane of the reader was acquired, and the position in memory may count transactions
 * that it never saw. The lane is lost when it is saved next; who acquires it then begins at the position that the standby
 * has, and loses nothing.
 */
public final class ServerPromotedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ServerPromotedException(Position position) {
        super("The database was failed over to a standby; position %s of before is dropped, and the lane acquired again"
                .formatted(position));
    }
}

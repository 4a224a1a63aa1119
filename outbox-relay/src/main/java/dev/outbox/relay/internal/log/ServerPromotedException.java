package dev.outbox.relay.internal.log;

/**
 * A standby was promoted since the lane of the reader was acquired, and the position in memory may count transactions that
 * the standby never saw. The lane is lost when it is next saved; the relay that then acquires it starts at the position that
 * the standby has, and loses nothing.
 */
public final class ServerPromotedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ServerPromotedException(Position position) {
        super("The database was failed over to a standby; its position %s is dropped, and the lane is acquired again"
                .formatted(position));
    }
}

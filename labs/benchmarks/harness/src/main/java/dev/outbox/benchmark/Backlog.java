package dev.outbox.benchmark;

/**
 * How many events wait.
 *
 * @param events of most contenders
 * @param eventsOfSlow of those that publish a few thousand events per second at best
 */
record Backlog(long events, long eventsOfSlow) {

    private static final long QUICK_SHARE = 10;

    /** {@return the same for all} */
    static Backlog of(long events) {
        return new Backlog(events, events);
    }

    /** {@return a tenth for slow contenders, whose rate hardly depends on it, to save time} */
    static Backlog quick(long events) {
        return new Backlog(events, events / QUICK_SHARE);
    }

    long of(Entry entry) {
        return entry.isFast() || entry == Entry.DEBEZIUM_DEFAULTS ? events : eventsOfSlow;
    }
}

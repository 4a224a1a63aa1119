package dev.outbox.benchmark.contender;

/**
 * The numbers that one of several clients uses: every so many bursts one, so that an aggregate belongs to one client and
 * the order of its events is that of their numbers.
 *
 * @param firstBurst the first burst of all clients
 * @param client this client, from 0
 * @param clients how many there are; must divide the number of keys
 */
public record Numbers(long firstBurst, int client, int clients) {

    /** {@return the event that the client raises after {@code count} others} */
    public BenchmarkEvent event(long count) {
        long burst = firstBurst + count / BenchmarkEvent.BURST * clients + client;
        return new BenchmarkEvent(burst * BenchmarkEvent.BURST + count % BenchmarkEvent.BURST);
    }

    /** {@return a burst at which clients may begin, with no number used before} */
    public static long burstAfter(long lastNumber, int clients) {
        long burst = lastNumber / BenchmarkEvent.BURST + 1;
        return (burst + clients - 1) / clients * clients;
    }
}

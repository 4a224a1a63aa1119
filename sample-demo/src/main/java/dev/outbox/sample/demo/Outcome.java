package dev.outbox.sample.demo;

import java.util.Collections;
import java.util.Map;

/**
 * What became of the orders in the two databases.
 *
 * @param written orders there are
 * @param reserved reservations that hold stock
 * @param rejected reservations refused because there was not enough stock
 * @param confirmed orders confirmed
 * @param declined orders rejected
 * @param undecided orders still waiting
 * @param contradicting decided orders whose reservation says otherwise, or is not there
 */
record Outcome(
        long written, long reserved, long rejected, long confirmed, long declined, long undecided, long contradicting) {

    private static final Map<String, String> EXPECTED_RESERVATION =
            Map.of("CONFIRMED", "RESERVED", "REJECTED", "REJECTED");

    /** {@return the outcome, given the status of every order and of every reservation by order id} */
    static Outcome of(Map<String, String> orders, Map<String, String> reservations) {
        return new Outcome(
                orders.size(),
                Collections.frequency(reservations.values(), "RESERVED"),
                Collections.frequency(reservations.values(), "REJECTED"),
                Collections.frequency(orders.values(), "CONFIRMED"),
                Collections.frequency(orders.values(), "REJECTED"),
                Collections.frequency(orders.values(), "PLACED"),
                orders.entrySet().stream()
                        .filter(order ->
                                contradicts(order.getValue(), reservations.getOrDefault(order.getKey(), "none")))
                        .count());
    }

    private static boolean contradicts(String order, String reservation) {
        return !order.equals("PLACED") && !reservation.equals(EXPECTED_RESERVATION.get(order));
    }
}

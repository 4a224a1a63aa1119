package dev.outbox.sample.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One order for an article that nobody knows:
 *
 * <ol>
 *   <li>its event is published, and the inbox of the inventory service parks it,
 *   <li>the console of that service says why,
 *   <li>once the article is there, the event is released in that console, and the order is decided as any other.
 * </ol>
 */
final class ParkedOrder {

    private static final String ARTICLE = "kettle";
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final long INTERVAL_MILLIS = 250;
    private static final String PARKED = "/outbox/api/inbox/parked";

    private final Http orders;
    private final Http inventory;
    private final Http console;

    /**
     * @param orders the order service
     * @param inventory the inventory service
     * @param console the same, as a user of its console
     */
    ParkedOrder(Http orders, Http inventory, Http console) {
        this.orders = orders;
        this.inventory = inventory;
        this.console = console;
    }

    /** {@return the id of the order} */
    String place() throws InterruptedException {
        return orders.post(
                        "/orders",
                        Map.of(
                                "customer",
                                "ada",
                                "lines",
                                List.of(Map.of("sku", ARTICLE, "quantity", 1)),
                                "currency",
                                "EUR"))
                .at("/id")
                .asString();
    }

    /** {@return why the order is not decided, as the console says} */
    String explained(String id) throws InterruptedException {
        return awaitParked(id).at("/reason").asString();
    }

    /** Takes the article in, releases the event by the API of the console, and waits until the order is confirmed. */
    void release(String id) throws InterruptedException {
        JsonNode parked = awaitParked(id);
        inventory.post("/stock", Map.of("sku", ARTICLE, "quantity", 5));
        JsonNode released = console.post(
                PARKED + "/release",
                Map.of(
                        "consumer", parked.at("/key/consumer").asString(),
                        "topic", parked.at("/key/topic").asString(),
                        "key", id,
                        "seen", parked.at("/events").asLong()));
        if (!released.at("/failure").isNull()) {
            throw new IllegalStateException("Order %s could not be released: %s"
                    .formatted(id, released.at("/failure").asString()));
        }
        await(
                "order %s is confirmed".formatted(id),
                () -> orders.get("/orders/" + id).at("/status").asString().equals("CONFIRMED"));
        await(
                "nothing is parked of order %s".formatted(id),
                () -> console.get(PARKED + "?key=" + id).isEmpty());
    }

    private JsonNode awaitParked(String id) throws InterruptedException {
        await(
                "order %s is parked".formatted(id),
                () -> !console.get(PARKED + "?key=" + id).isEmpty());
        return console.get(PARKED + "?key=" + id).at("/0");
    }

    private static void await(String what, Question answered) throws InterruptedException {
        long start = System.nanoTime();
        while (!answered.isYes()) {
            if (System.nanoTime() - start > WITHIN.toNanos()) {
                throw new IllegalStateException("Not within %s: %s".formatted(WITHIN, what));
            }
            Thread.sleep(INTERVAL_MILLIS);
        }
    }

    private interface Question {

        boolean isYes() throws InterruptedException;
    }
}

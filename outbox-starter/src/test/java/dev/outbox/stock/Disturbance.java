package dev.outbox.stock;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Disturbs handlers. */
public class Disturbance {

    private final Map<String, Runnable> disturbances = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();

    /** Lets every attempt at an order fail, until it is {@link #end ended}. */
    public void begin(String orderId, Supplier<RuntimeException> failure) {
        interrupt(orderId, () -> {
            throw failure.get();
        });
    }

    /** Does something at every attempt at an order, until it is {@link #end ended}. */
    public void interrupt(String orderId, Runnable disturbance) {
        disturbances.put(orderId, disturbance);
    }

    public void end(String orderId) {
        disturbances.remove(orderId);
    }

    /** Ends all, so that what a failed test has left does not fail the next one. */
    public void endAll() {
        disturbances.clear();
    }

    /** {@return how often a handler was called for an order} */
    public int attempts(String orderId) {
        AtomicInteger count = attempts.get(orderId);
        return count == null ? 0 : count.get();
    }

    void disturb(String orderId) {
        attempts.computeIfAbsent(orderId, order -> new AtomicInteger()).incrementAndGet();
        disturbances.getOrDefault(orderId, () -> {}).run();
    }
}

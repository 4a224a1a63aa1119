package dev.outbox.console.service;

import dev.outbox.consumer.DomainEventHandler;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Handles orders of books that it knows. */
public class Bookshop {

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final List<String> handled = new CopyOnWriteArrayList<>();

    @DomainEventHandler
    void on(BookOrdered order) {
        if (!known.contains(order.isbn())) {
            throw new UnknownBookException("There is no book " + order.isbn());
        }
        handled.add(order.isbn() + " for " + order.customer());
    }

    public void learn(String isbn) {
        known.add(isbn);
    }

    public List<String> handled() {
        return List.copyOf(handled);
    }

    /** Not worth another attempt. */
    public static final class UnknownBookException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnknownBookException(String message) {
            super(message);
        }
    }
}

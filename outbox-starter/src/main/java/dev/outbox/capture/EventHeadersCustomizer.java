package dev.outbox.capture;

import java.util.Map;

/** Adds record headers to events as they are raised, such as a tenant. Every bean of this type is asked, in order. */
@FunctionalInterface
public interface EventHeadersCustomizer {

    /**
     * Adds headers. Called on the thread and in the transaction that raise the event; what it throws refuses the event.
     *
     * @param event the event
     * @param headers the headers so far, open to change; names of CloudEvents attributes ({@code ce_...}) and
     *     {@code content-type} are not allowed
     */
    void customize(Object event, Map<String, String> headers);
}

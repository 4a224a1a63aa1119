package dev.outbox.producer;

import java.util.Map;

/**
 * Adds record headers to events as they are raised, such as a tenant. Every bean of this type is called, in order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EventHeadersCustomizer {

    /**
     * Adds headers. Called on the thread and in the transaction that raise the event. If it throws, the event is refused.
     *
     * @param event the event
     * @param headers the headers so far, which may be changed; names of CloudEvents attributes ({@code ce_...}) and
     *     {@code content-type} are not allowed
     */
    void customize(Object event, Map<String, String> headers);
}

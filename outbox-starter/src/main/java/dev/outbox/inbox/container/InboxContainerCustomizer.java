package dev.outbox.inbox.container;

import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/**
 * Changes the listener container of the inbox before it is started; beans of this type are called in their order.
 *
 * <p>An event is lost if its offset is committed before it is handled: leave the error handler and the acknowledge mode
 * alone unless another policy is what you want. A {@code BatchInterceptor} sees what is polled, and what is delivered again
 * after a pause; what it leaves out is passed over.
 */
@FunctionalInterface
public interface InboxContainerCustomizer {

    /** Changes the container, which has not been started. */
    void customize(ConcurrentMessageListenerContainer<byte[], byte[]> container);
}

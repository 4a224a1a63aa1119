package dev.outbox.consumer;

import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/**
 * Changes the listener container of the inbox before it is started; beans of this type are called in order.
 *
 * <p>An event is lost if its offset is committed before it is handled: leave the error handler and the acknowledge mode alone
 * unless you want another policy. A {@code BatchInterceptor} sees the records that are polled, and those that are delivered
 * again after a pause; records that it leaves out are passed over.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface InboxContainerCustomizer {

    /** Changes the container, which has not been started yet. */
    void customize(ConcurrentMessageListenerContainer<byte[], byte[]> container);
}

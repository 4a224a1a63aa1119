package dev.outbox.test;

import dev.outbox.consumer.InboxContainerCustomizer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** The listener containers of the service's handlers, noted as they are created. Thread-safe. */
final class HandlerContainers implements InboxContainerCustomizer {

    private final List<ConcurrentMessageListenerContainer<byte[], byte[]>> containers = new CopyOnWriteArrayList<>();

    @Override
    public void customize(ConcurrentMessageListenerContainer<byte[], byte[]> container) {
        containers.add(container);
    }

    List<ConcurrentMessageListenerContainer<byte[], byte[]>> all() {
        return List.copyOf(containers);
    }
}

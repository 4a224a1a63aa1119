package dev.outbox.consumer.internal.inbox;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.internal.handler.EffectTransaction;
import dev.outbox.consumer.internal.handler.EventHandlerMethod;
import dev.outbox.consumer.internal.handler.EventHandlers;
import dev.outbox.internal.bean.BeanMethod;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.start.StartFact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/**
 * Looks for handlers once all beans exist. For each consumer that has handlers, it assembles the inbox and registers the
 * listener container as a bean. The bean is named {@value #CONTAINER} for the consumer of the service; for any other consumer,
 * a dot and the name of that consumer are appended. Spring then starts and stops the containers. Without handlers, nothing is
 * consumed.
 */
final class InboxRegistrar implements SmartInitializingSingleton, StartFact {

    static final String CONTAINER = "outboxInboxContainer";

    private final ConfigurableListableBeanFactory beanFactory;
    private final DomainEventTypes types;
    private final InboxAssembly assembly;
    private final List<String> registered = new ArrayList<>();
    private final Map<String, Collection<String>> topics = new TreeMap<>();
    private final EffectTransaction effects;

    InboxRegistrar(
            ConfigurableListableBeanFactory beanFactory,
            DomainEventTypes types,
            InboxAssembly assembly,
            EffectTransaction effects) {
        this.beanFactory = beanFactory;
        this.types = types;
        this.assembly = assembly;
        this.effects = effects;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Map<String, List<EventHandlerMethod>> byConsumer =
                BeanMethod.annotatedWith(DomainEventHandler.class, beanFactory).stream()
                        .map(this::handler)
                        .collect(Collectors.groupingBy(
                                handler -> handler.declaration().consumer(), TreeMap::new, Collectors.toList()));
        byConsumer.forEach((name, handlers) -> {
            String container = name.isEmpty() ? CONTAINER : CONTAINER + "." + name;
            EventHandlers all = EventHandlers.of(handlers);
            ConcurrentMessageListenerContainer<byte[], byte[]> made = assembly.container(container, name, all);
            beanFactory.registerSingleton(container, made);
            ContainerProperties properties = made.getContainerProperties();
            registered.add(describe(properties, all));
            if (properties.getTopics() != null) {
                topics.put(String.valueOf(properties.getGroupId()), List.of(properties.getTopics()));
            }
        });
    }

    /** {@return for each consumer, the topics that it consumes by name} */
    Map<String, Collection<String>> topics() {
        return Map.copyOf(topics);
    }

    /** {@return the consumers, what each one handles, and from which topics} */
    @Override
    public String text() {
        return registered.isEmpty() ? "handles no event" : String.join("; ", registered);
    }

    private static String describe(ContainerProperties container, EventHandlers handlers) {
        String[] topics = container.getTopics();
        return "consumer %s handles %s from %s"
                .formatted(
                        container.getGroupId(),
                        handlers.types().stream()
                                .map(type -> type.eventType().toString())
                                .collect(Collectors.joining(", ")),
                        topics == null ? container.getTopicPattern() : String.join(", ", topics));
    }

    private EventHandlerMethod handler(BeanMethod method) {
        EventHandlerMethod handler = EventHandlerMethod.of(method, types);
        effects.requireJoined(DomainEventHandler.class, method);
        return handler;
    }
}

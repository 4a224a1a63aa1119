package dev.outbox.inbox;

import dev.outbox.bean.BeanMethod;
import dev.outbox.domain.DomainEventTypes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Looks for handlers once all beans exist. For each consumer that has any, it puts the inbox together and registers its
 * listener container as a bean, {@value #CONTAINER} for the one of the service and with a dot and its name for another. Spring
 * then starts and stops them. Without handlers nothing is consumed.
 */
final class InboxRegistrar implements SmartInitializingSingleton {

    static final String CONTAINER = "outboxInboxContainer";

    private final ConfigurableListableBeanFactory beanFactory;
    private final DomainEventTypes types;
    private final InboxAssembly assembly;

    InboxRegistrar(ConfigurableListableBeanFactory beanFactory, DomainEventTypes types, InboxAssembly assembly) {
        this.beanFactory = beanFactory;
        this.types = types;
        this.assembly = assembly;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Map<String, List<EventHandlerMethod>> byConsumer =
                BeanMethod.annotatedWith(DomainEventHandler.class, beanFactory).stream()
                        .map(method -> EventHandlerMethod.of(method, types))
                        .collect(Collectors.groupingBy(
                                handler -> handler.declaration().consumer(), TreeMap::new, Collectors.toList()));
        byConsumer.forEach((name, handlers) -> {
            String container = name.isEmpty() ? CONTAINER : CONTAINER + "." + name;
            beanFactory.registerSingleton(container, assembly.container(container, name, EventHandlers.of(handlers)));
        });
    }
}

package dev.outbox.inbox;

import dev.outbox.bean.BeanMethod;
import dev.outbox.domain.DomainEventTypes;
import dev.outbox.upcast.PayloadReader;
import dev.outbox.upcast.Upcasters;
import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks for handlers once all beans exist. If there are any, it puts the inbox together and registers its listener
 * container as bean {@value #CONTAINER}, which Spring then starts and stops; if not, nothing is consumed.
 */
final class InboxRegistrar implements SmartInitializingSingleton {

    static final String CONTAINER = "outboxInboxContainer";

    private final ConfigurableListableBeanFactory beanFactory;
    private final DomainEventTypes types;
    private final ObjectProvider<InboxContainerFactory> containers;
    private final ObjectProvider<PlatformTransactionManager> transactionManager;
    private final ObjectProvider<InboxGuard> guard;
    private final ObjectProvider<Upcasters> upcasters;

    InboxRegistrar(
            ConfigurableListableBeanFactory beanFactory,
            DomainEventTypes types,
            ObjectProvider<InboxContainerFactory> containers,
            ObjectProvider<PlatformTransactionManager> transactionManager,
            ObjectProvider<InboxGuard> guard,
            ObjectProvider<Upcasters> upcasters) {
        this.beanFactory = beanFactory;
        this.types = types;
        this.containers = containers;
        this.transactionManager = transactionManager;
        this.guard = guard;
        this.upcasters = upcasters;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<BeanMethod> methods = BeanMethod.annotatedWith(DomainEventHandler.class, beanFactory);
        EventHandlers handlers = EventHandlers.of(methods.stream()
                .map(method -> EventHandlerMethod.of(method, types))
                .toList());
        if (!handlers.isEmpty()) {
            consume(handlers);
        }
    }

    private void consume(EventHandlers handlers) {
        InboxContainerFactory factory = required(containers, "Kafka ConsumerFactory", "Configure spring.kafka.");
        PayloadReader payloads = required(
                        upcasters, "JsonMapper", "Let Spring Boot configure Jackson, or define a JsonMapper bean.")
                .readerFor(handlers.types());
        InboxProcessor processor = new InboxProcessor(
                factory.group(),
                handlers,
                new TransactionTemplate(required(
                        transactionManager,
                        "PlatformTransactionManager",
                        "Mark the one of the DataSource with the inbox as @Primary.")),
                required(guard, "DataSource", "Mark the one with the inbox as @Primary, or define an InboxGuard bean."),
                payloads);
        Collection<String> topics = handlers.topics();
        beanFactory.registerSingleton(
                CONTAINER, factory.create(CONTAINER, topics, new InboxListener(payloads, processor)));
    }

    private static <T> T required(ObjectProvider<T> provider, String what, String mend) {
        T bean = provider.getIfUnique();
        if (bean == null) {
            throw new InvalidInboxException(
                    "There are @DomainEventHandler methods, but not exactly one %s to consume with".formatted(what),
                    mend);
        }
        return bean;
    }
}

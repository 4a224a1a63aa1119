package dev.outbox.producer;

import dev.outbox.domain.DomainEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/** Listens for domain events among Spring's application events, including those of {@code AbstractAggregateRoot}. */
final class DomainEventListener implements ApplicationListener<ApplicationEvent> {

    /**
     * Whether a class has the annotation, or inherits it. The outbox refuses a class that inherits it, because what looks like
     * a domain event must not be ignored silently.
     */
    private static final ClassValue<Boolean> MEANT_FOR_THE_OUTBOX = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY).isPresent(DomainEvent.class);
        }
    };

    private final Outbox outbox;

    DomainEventListener(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent applicationEvent) {
        Object event = applicationEvent instanceof PayloadApplicationEvent<?> wrapped
                ? wrapped.getPayload()
                : applicationEvent;
        if (MEANT_FOR_THE_OUTBOX.get(event.getClass())) {
            outbox.publish(event);
        }
    }

    /** An executor of the multicaster would move the event out of its transaction. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }
}

package dev.outbox.capture;

import dev.outbox.domain.DomainEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/** Hears the domain events among Spring's application events, and so those of {@code AbstractAggregateRoot}. */
final class DomainEventListener implements ApplicationListener<ApplicationEvent> {

    private final Outbox outbox;

    DomainEventListener(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent applicationEvent) {
        Object event = applicationEvent instanceof PayloadApplicationEvent<?> wrapped
                ? wrapped.getPayload()
                : applicationEvent;
        if (event.getClass().isAnnotationPresent(DomainEvent.class)) {
            outbox.publish(event);
        }
    }

    /** An executor of the multicaster would move the event out of its transaction. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }
}

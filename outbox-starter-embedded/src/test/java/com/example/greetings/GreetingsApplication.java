package com.example.greetings;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@SpringBootApplication(proxyBeanMethods = false)
class GreetingsApplication {

    @DomainEvent(type = "Greeted", version = 1, aggregate = "Greeting")
    record Greeted(@AggregateId String name) {}

    /** Raises. */
    @Component
    static class Greetings {

        private final ApplicationEventPublisher events;

        Greetings(ApplicationEventPublisher events) {
            this.events = events;
        }

        @Transactional
        public void greet(String name) {
            events.publishEvent(new Greeted(name));
        }
    }

    /** Handles. */
    @Component
    static class Guests {

        private final BlockingQueue<String> greeted = new LinkedBlockingQueue<>();

        @DomainEventHandler
        void on(Greeted event) {
            greeted.add(event.name());
        }

        BlockingQueue<String> greeted() {
            return greeted;
        }
    }
}

package dev.outbox.window.producer;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.embedded.TestServers;
import dev.outbox.producer.Outbox;
import dev.outbox.producer.downcast.Downcaster;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.node.ObjectNode;

/** The producer: it knows version 2, and how to make version 1 of it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(TestServers.class)
public class Prices {

    @Bean
    NewTopic topic() {
        return new NewTopic("outbox.event.Price", 1, (short) 1);
    }

    @Bean
    Steps steps() {
        return new Steps();
    }

    @Bean
    Raising raising(Outbox outbox, TransactionOperations transaction) {
        return (article, cents, currency) ->
                transaction.executeWithoutResult(status -> outbox.publish(new PriceChanged(article, cents, currency)));
    }

    /** Changes a price, in a transaction of its own. */
    @FunctionalInterface
    public interface Raising {

        void change(String article, int cents, String currency);
    }

    @DomainEvent(type = "PriceChanged", version = 2, aggregate = "Price")
    record PriceChanged(@AggregateId String article, int cents, String currency) {}

    static class Steps {

        @Downcaster(type = "PriceChanged", from = 2)
        ObjectNode withoutCurrency(ObjectNode price) {
            price.remove("currency");
            price.set("amount", price.remove("cents"));
            return price;
        }
    }
}

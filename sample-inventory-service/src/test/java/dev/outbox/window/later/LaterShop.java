package dev.outbox.window.later;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.EventMetadata;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.embedded.TestServers;
import dev.outbox.upcast.Upcaster;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.node.ObjectNode;

/** A consumer that knows version 2, and brings version 1 to it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(TestServers.class)
public class LaterShop {

    private final List<String> effects = new CopyOnWriteArrayList<>();
    private final List<String> ids = new CopyOnWriteArrayList<>();

    @DomainEventHandler
    void on(PriceChanged price, EventMetadata metadata) {
        effects.add("%s %d %s".formatted(price.article(), price.cents(), price.currency()));
        ids.add(metadata.id());
    }

    @Upcaster(type = "PriceChanged", from = 1)
    ObjectNode inEuros(ObjectNode price) {
        price.set("cents", price.remove("amount"));
        return price.put("currency", "EUR");
    }

    public List<String> effects() {
        return effects;
    }

    public List<String> ids() {
        return ids;
    }

    @DomainEvent(type = "PriceChanged", version = 2, aggregate = "Price")
    record PriceChanged(@AggregateId String article, int cents, String currency) {}
}

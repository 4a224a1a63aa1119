package dev.outbox.window.earlier;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.EventMetadata;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.embedded.TestServers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A consumer that knows version 1 and no other. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(TestServers.class)
public class EarlierShop {

    private final List<String> effects = new CopyOnWriteArrayList<>();
    private final List<String> ids = new CopyOnWriteArrayList<>();

    @DomainEventHandler
    void on(PriceChanged price, EventMetadata metadata) {
        effects.add("%s %d".formatted(price.article(), price.amount()));
        ids.add(metadata.id());
    }

    public List<String> effects() {
        return effects;
    }

    public List<String> ids() {
        return ids;
    }

    @DomainEvent(type = "PriceChanged", aggregate = "Price")
    record PriceChanged(@AggregateId String article, int amount) {}
}

package dev.outbox.versions;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.EventMetadata;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.embedded.TestServers;
import dev.outbox.upcast.EventNode;
import dev.outbox.upcast.Upcaster;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
@Import({TestServers.class, Parcels.Steps.class})
class Parcels {

    static final String TOPIC = "parcels.versions";

    @Bean
    NewTopic topic() {
        return new NewTopic(TOPIC, 1, (short) 1);
    }

    @Bean
    Handlers handlers(JdbcClient jdbc) {
        jdbc.sql("create table effect (id bigint generated always as identity, parcel text, effect text)")
                .update();
        return new Handlers(jdbc);
    }

    @DomainEvent(type = "ParcelWeighed", version = 2, aggregate = "Parcel", topic = TOPIC)
    record ParcelWeighed(@AggregateId String parcel, int grams) {}

    @DomainEvent(type = "ParcelPacked", aggregate = "Parcel", topic = TOPIC)
    record ParcelPacked(@AggregateId String parcel) {}

    @DomainEvent(type = "ParcelLabelled", aggregate = "Parcel", topic = TOPIC)
    record ParcelLabelled(@AggregateId String parcel, String label) {}

    static class Steps {

        @Upcaster(type = "ParcelWeighed", from = 1)
        ObjectNode gramsForKilos(ObjectNode parcel) {
            return parcel.put("grams", parcel.remove("kilos").intValue() * 1000);
        }

        @Upcaster(
                type = "ParcelFinished",
                from = 1,
                to = {@Upcaster.To(type = "ParcelPacked"), @Upcaster.To(type = "ParcelLabelled")})
        List<EventNode> packedAndLabelled(ObjectNode parcel) {
            return List.of(EventNode.of("ParcelPacked", 1, parcel), EventNode.of("ParcelLabelled", 1, parcel));
        }
    }

    static class Handlers {

        private final JdbcClient jdbc;
        private final AtomicInteger failures = new AtomicInteger();

        Handlers(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        void failOnce() {
            failures.set(1);
        }

        @DomainEventHandler
        void on(ParcelWeighed event, EventMetadata metadata) {
            write(event.parcel(), "%d g".formatted(event.grams()), metadata);
        }

        @DomainEventHandler
        void on(ParcelPacked event, EventMetadata metadata) {
            write(event.parcel(), "packed", metadata);
        }

        @DomainEventHandler
        void on(ParcelLabelled event, EventMetadata metadata) {
            if (failures.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
                throw new IllegalStateException("on purpose");
            }
            write(event.parcel(), "labelled " + event.label(), metadata);
        }

        private void write(String parcel, String effect, EventMetadata metadata) {
            jdbc.sql("insert into effect (parcel, effect) values (?, ?)")
                    .params(parcel, "%s, part %d of %s".formatted(effect, metadata.part(), metadata.sequence()))
                    .update();
        }
    }
}

package dev.outbox.test.contract.depot;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.Version;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** A service whose mapper is configured in Java, in all the ways there are. */
@SpringBootApplication
public class Depot {

    @DomainEvent(type = "PalletStored", aggregate = "Pallet")
    public record Stored(@AggregateId String palletId, int grossWeight, String shelf) {}

    /** Of a class with many beans, the check makes those alone that it needs. */
    @Configuration
    static class JsonConfiguration {

        @Bean
        @Order(1)
        JsonMapperBuilderCustomizer kebabCase() {
            return mapper -> mapper.propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE);
        }

        @Bean
        @Order(2)
        static JsonMapperBuilderCustomizer snakeCase() {
            return mapper -> mapper.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        }

        @Bean
        Thread crane() {
            throw new IllegalStateException("made for nothing");
        }
    }

    /** Lets the shelf out. */
    @Component
    static class Discretion extends JacksonModule {

        @Override
        public String getModuleName() {
            return "discretion";
        }

        @Override
        public Version version() {
            return Version.unknownVersion();
        }

        @Override
        public void setupModule(SetupContext context) {
            context.setMixIn(Stored.class, WithoutShelf.class);
        }
    }

    @JsonIgnoreProperties("shelf")
    interface WithoutShelf {}

    /** Not the mapper of the events. */
    @Component
    static class Labels {

        JsonMapper mapper() {
            throw new IllegalStateException("no bean");
        }
    }
}

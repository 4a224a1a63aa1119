package dev.outbox.test.contract.vault;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A service whose mapper cannot be had without its database. */
@SpringBootApplication
public class Vault {

    @DomainEvent(type = "VaultOpened", aggregate = "Vault")
    public record Opened(@AggregateId String vault) {}

    @Configuration
    static class Secrets {

        Secrets(DataSource secrets) {
            throw new IllegalStateException("needs " + secrets);
        }

        @Bean
        JsonMapperBuilderCustomizer secret() {
            throw new IllegalStateException("never called");
        }
    }
}

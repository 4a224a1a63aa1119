package dev.outbox.eventstore.internal.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import dev.outbox.eventstore.EventStore;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

@ExtendWith(OutputCaptureExtension.class)
class MissingStoreTests {

    @Test
    void whoInjectsAnEventStoreBesideTwoDataSourcesIsToldToMarkOne(CapturedOutput output) {
        assertThatException().isThrownBy(() -> SpringApplication.run(TwoDataSources.class));

        assertThat(output)
                .contains(
                        "which does not exist: There are several DataSources, [ledger, statistics], and nothing says which")
                .contains("@OutboxDataSource");
    }

    @Configuration
    @Import(Bank.class)
    static class TwoDataSources {

        @Bean
        DataSource ledger() {
            return new SimpleDriverDataSource();
        }

        @Bean
        DataSource statistics() {
            return new SimpleDriverDataSource();
        }
    }

    record Bank(EventStore store) {}
}

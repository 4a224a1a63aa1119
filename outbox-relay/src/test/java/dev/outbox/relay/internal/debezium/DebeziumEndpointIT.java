package dev.outbox.relay.internal.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.TestBroker;
import dev.outbox.relay.TestRelay;
import dev.outbox.schema.OutboxSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DebeziumEndpointIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    @Test
    void showsTheConnectorOfTheDatabaseOfTheRelay() {
        try (TestRelay relay = TestRelay.start(
                database.get(),
                TestBroker.bootstrapServers(),
                "--spring.jmx.enabled=true",
                "--management.endpoints.jmx.exposure.include=outboxdebezium")) {
            assertThat(relay.bean(DebeziumEndpoint.class).generated().json())
                    .contains(
                            database.jdbcUrl().replaceAll(".*/|\\?.*", ""), "\"database.user\" : \"" + database.user())
                    .doesNotContain("\"database.password\" : \"" + database.password());
        }
    }
}

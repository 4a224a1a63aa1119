package dev.outbox.relay.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.outbox.relay.internal.debezium.DebeziumCommand;
import dev.outbox.schema.OutboxTables;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebeziumConnectorTests {

    @Test
    void readsThePublicationByASlotOfItsOwn() {
        assertThat(config("jdbc:postgresql://db.example/orders?ssl=true", OutboxTables.ON_SEARCH_PATH))
                .containsEntry("database.hostname", "db.example")
                .containsEntry("database.port", "5432")
                .containsEntry("database.dbname", "orders")
                .containsEntry("database.user", "relay")
                .containsEntry("slot.name", "outbox_debezium_orders")
                .containsEntry("publication.name", "outbox")
                .containsEntry("table.include.list", "public.outbox_event");
    }

    @Test
    void namesFollowTheSchema() {
        assertThat(config("jdbc:postgresql://db:6432/Orders-EU", OutboxTables.in("Billing")))
                .containsEntry("database.port", "6432")
                .containsEntry("topic.prefix", "outbox-Orders-EU-Billing")
                .containsEntry("slot.name", "outbox_debezium_orders_eu_billing")
                .containsEntry("publication.name", "outbox_Billing")
                .containsEntry("table.include.list", "Billing.outbox_event");
    }

    @Test
    void theBinlogIsReadWithTheSameRouter() {
        Map<String, String> postgres = config("jdbc:postgresql://db/orders", OutboxTables.ON_SEARCH_PATH);
        for (String product : new String[] {"mariadb", "mysql"}) {
            assertThat(config("jdbc:%s://db/orders".formatted(product), OutboxTables.ON_SEARCH_PATH))
                    .containsEntry("database.port", "3306")
                    .containsEntry("table.include.list", "orders.outbox_event")
                    .containsKey("database.server.id")
                    .doesNotContainKeys("slot.name", "publication.name")
                    .containsAllEntriesOf(Map.of(
                            "transforms.outbox.table.fields.additional.placement",
                            String.valueOf(postgres.get("transforms.outbox.table.fields.additional.placement"))));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:orders",
                "jdbc:postgresql:orders",
                "jdbc:postgresql://db",
                "jdbc:postgresql://one:5432,two:5432/orders?password=secret"
            })
    void aDatabaseThatIsNotNamedIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(url, OutboxTables.ON_SEARCH_PATH))
                .withMessageContaining("does not say which server and database Debezium should read")
                .withMessageNotContaining("secret");
    }

    @Test
    void theCommandPrintsWhatKafkaConnectTakes() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        DebeziumCommand.run(
                new String[] {
                    "debezium",
                    "--spring.datasource.url=jdbc:postgresql://nowhere.invalid/orders",
                    "--spring.datasource.username=relay",
                    "--spring.datasource.password=secret",
                    "--outbox.relay.debezium.slot=mine"
                },
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        String json = printed.toString(StandardCharsets.UTF_8);
        assertThat(json)
                .isEqualToIgnoringNewLines(DebeziumConnector.of(
                                        "jdbc:postgresql://nowhere.invalid/orders",
                                        "relay",
                                        OutboxTables.ON_SEARCH_PATH,
                                        "mine",
                                        null)
                                .json()
                        + "\n")
                .doesNotContain("secret");
    }

    private static Map<String, String> config(String jdbcUrl, OutboxTables tables) {
        return DebeziumConnector.of(jdbcUrl, "relay", tables, null, null).config();
    }
}

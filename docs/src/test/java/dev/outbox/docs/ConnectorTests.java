package dev.outbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.relay.debezium.DebeziumConnector;
import dev.outbox.schema.OutboxTables;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The configuration of Debezium in docs/engines.md is the one that is generated. */
class ConnectorTests {

    private static final Pattern JSON = Pattern.compile("```json\\n(\\{\\n  \"name\" : .*?)\\n```", Pattern.DOTALL);

    @Test
    void theConnectorIsTheOneThatIsGenerated() {
        Matcher shown = JSON.matcher(Documentation.read("docs/engines.md"));

        assertThat(shown.find()).isTrue();
        assertThat(shown.group(1))
                .isEqualToNormalizingNewlines(DebeziumConnector.of(
                                "jdbc:postgresql://db.example.org/orders",
                                "debezium",
                                OutboxTables.ON_SEARCH_PATH,
                                null,
                                null)
                        .json());
    }
}

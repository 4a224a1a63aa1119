package dev.outbox.contract.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EventCatalogTests {

    @Test
    void whatIsWrittenIsReadAgain() {
        EventCatalog catalog = SampleCatalog.catalog();
        assertThat(EventCatalog.parse(catalog.toJson())).isEqualTo(catalog);
    }

    @Test
    void theFileIsForPeople() {
        assertThat(SampleCatalog.catalog().toJson())
                .contains("\n    \"type\" : \"OrderPlaced\",\n")
                .contains("\"compatibility\" : \"full\"")
                .doesNotContain("null,")
                .endsWith("}\n");
    }

    @Test
    void aFileThatIsNotACatalogIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventCatalog.parse("{\"service\": 1, \"events\": 2}"))
                .withMessageStartingWith("outbox-catalog.json cannot be read: ")
                .withMessageEndingWith("Restore it from version control.");
    }

    @Test
    void samplesAreFoundByTypeAndVersion() {
        EventSamples samples =
                new EventSamples(Map.of("order_placed.v10.json", "{}", "order_placed.v2.json", "{}", "readme.md", ""));
        assertThat(EventSamples.fileOf("order/placed", 2)).isEqualTo("order_placed.v2.json");
        assertThat(samples.versionsOf("order/placed")).containsExactly(2, 10);
        assertThat(samples.of("order/placed", 10)).contains("{}");
        assertThat(samples.of("order/placed", 1)).isEmpty();
    }
}

package dev.outbox.contract.internal.catalog;

import static dev.outbox.contract.Compatibility.BACKWARD;
import static dev.outbox.contract.Compatibility.FORWARD;
import static dev.outbox.contract.Compatibility.FULL;
import static dev.outbox.contract.Compatibility.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.outbox.contract.Compatibility;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

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
    void eventsAndTheirVersionsAreFound() {
        EventCatalog catalog = SampleCatalog.catalog();
        CatalogEvent placed = catalog.event("OrderPlaced").orElseThrow();
        assertThat(placed.type()).isEqualTo("OrderPlaced");
        assertThat(placed.latest()).isEqualTo(2);
        assertThat(placed.version(2)).map(CatalogVersion::since).contains("2026-02-01");
        assertThat(placed.version(3)).isEmpty();
        assertThat(catalog.event("OrderLost")).isEmpty();
    }

    @Test
    void compatibilitySaysWhoMustBeAbleToRead() {
        assertThat(Compatibility.values()).filteredOn(Compatibility::isBackward).containsExactly(BACKWARD, FULL);
        assertThat(Compatibility.values()).filteredOn(Compatibility::isForward).containsExactly(FORWARD, FULL);
    }

    @Test
    void compatibilityIsWrittenAsItsTextSays() {
        assertThat(List.of(BACKWARD, FORWARD, FULL, NONE))
                .allSatisfy(value -> assertThat(JsonMapper.shared().writeValueAsString(value))
                        .isEqualTo("\"" + value + "\""));
    }

    @Test
    void theCatalogDoesNotLeaveCompatibilityOpen() {
        String open = SampleCatalog.catalog().toJson().replace("\"full\"", "\"default\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventCatalog.parse(open))
                .withMessageContaining("must be one of backward, forward, full or none");
    }

    @Test
    void samplesAreFoundByTypeAndVersion() {
        EventSamples samples = new EventSamples(Map.of(
                "order_placed.v10.json", "{}", "order_placed.v2.json", "{}", "other.v3.json", "{}", "readme.md", ""));
        assertThat(EventSamples.fileOf("order/placed", 2)).isEqualTo("order_placed.v2.json");
        assertThat(samples.versionsOf("order/placed")).containsExactly(2, 10);
        assertThat(samples.of("order/placed", 10)).contains("{}");
        assertThat(samples.of("order/placed", 1)).isEmpty();
    }
}

package dev.outbox.contract.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The document, against the schema that the specification publishes. */
class AsyncApiTests {

    private final Schema specification = specification();

    private final ObjectNode document = AsyncApi.of(SampleCatalog.catalog(), SampleCatalog.SAMPLES);

    @Test
    void theDocumentIsValid() {
        assertThat(specification.validate(document)).isEmpty();
    }

    @Test
    void theSpecificationNoticesADocumentThatIsNot() {
        document.withObject("/operations/send.OrderPlaced").put("action", "shout");
        assertThat(specification.validate(document)).isNotEmpty();
    }

    @Test
    void aDocumentWithoutEventsIsValid() {
        EventCatalog empty = EventCatalog.empty("order-service");
        assertThat(specification.validate(AsyncApi.of(empty, SampleCatalog.SAMPLES)))
                .isEmpty();
    }

    @Test
    void theNewestVersionOfAnEventIsTheVersionOfTheDocument() {
        assertThat(document.at("/info/version").asString()).isEqualTo("2026-02-01");
        ObjectNode empty = AsyncApi.of(EventCatalog.empty("order-service"), SampleCatalog.SAMPLES);
        assertThat(empty.at("/info/version").asString()).isEqualTo("none");
    }

    @Test
    void aMessageSaysWhatTheCatalogSays() {
        JsonNode messages = document.at("/components/messages");
        assertThat(messages.at("/OrderPlaced.v2/summary").asString())
                .isEqualTo("An order has come in & waits for stock.");
        assertThat(messages.at("/OrderPlaced.v2/description").asString())
                .isEqualTo("Owner: team orders. Since 2026-02-01.");
        assertThat(messages.at("/OrderPlaced.v1/description").asString())
                .isEqualTo("Owner: team orders. Since 2026-01-01. Deprecated: use version 2.");
        assertThat(messages.path("StockReserved.v1").has("summary")).isFalse();
    }

    @Test
    void theProducerSendsTheNewestVersion() {
        assertThat(document.at("/operations/send.OrderPlaced/messages").valueStream())
                .map(message -> message.path("$ref").asString())
                .containsExactly("#/channels/outbox.event.Order/messages/OrderPlaced.v2");
    }

    @Test
    void theConsumerReceives() {
        assertThat(document.at("/operations/receive.StockReserved/action").asString())
                .isEqualTo("receive");
    }

    @Test
    void aRetiredEventIsNotSentAnyMore() {
        assertThat(document.path("operations").propertyNames())
                .containsExactly("send.OrderPlaced", "receive.StockReserved");
        assertThat(document.at("/components/messages/OrderArchived.v1/description")
                        .asString())
                .contains("Retired: 2026-03-01, nobody asked for it.");
    }

    @Test
    void theSampleIsTheExample() {
        assertThat(document.at("/components/messages/OrderPlaced.v1/examples/0/payload/note")
                        .asString())
                .isEqualTo("<b>fragile</b>");
    }

    @Test
    void theContentTypeIsThatOfTheFormat() {
        assertThat(document.at("/components/messages/StockReserved.v1/contentType")
                        .asString())
                .isEqualTo("application/avro");
        assertThat(document.at("/components/messages/OrderPlaced.v1/contentType")
                        .asString())
                .isEqualTo("application/json");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(document.findValuesAsString("$ref"))
                .contains("#/components/schemas/OrderPlaced.v2/definitions/Money")
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    private static Schema specification() {
        try {
            JsonNode schema = JsonMapper.shared()
                    .readTree(new ClassPathResource("asyncapi/asyncapi-3.0.0.schema.json").getContentAsByteArray());
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(schema);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}

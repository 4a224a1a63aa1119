package dev.outbox.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.outbox.domain.Personal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Year;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The schema of a class describes what the mapper writes. */
class EventSchemasTests {

    private final JsonNode schema = new EventSchemas(new JsonMapper()).of(Everything.class);

    @Test
    void theDialectIsNamed() {
        assertThat(schema.path("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
    }

    @Test
    void valuesHaveTheirTypesAndFormats() {
        assertThat(property("id")).isEqualTo(json("{'type': 'string', 'format': 'uuid'}"));
        assertThat(property("at")).isEqualTo(json("{'type': 'string', 'format': 'date-time'}"));
        assertThat(property("day")).isEqualTo(json("{'type': 'string', 'format': 'date'}"));
        assertThat(property("count")).isEqualTo(json("{'type': 'integer', 'format': 'int32'}"));
        assertThat(property("total")).isEqualTo(json("{'type': 'integer', 'format': 'int64'}"));
        assertThat(property("price")).isEqualTo(json("{'type': 'number'}"));
        assertThat(property("colour")).isEqualTo(json("{'type': 'string', 'enum': ['RED', 'GREEN']}"));
        assertThat(property("tags")).isEqualTo(json("{'type': 'array', 'items': {'type': 'string'}}"));
        assertThat(property("sizes"))
                .isEqualTo(json("{'type': 'object', 'additionalProperties': {'type': 'integer', 'format': 'int32'}}"));
    }

    @Test
    void whatIsPersonalIsMarked() {
        JsonNode letter = new EventSchemas(new JsonMapper()).of(Letter.class);

        assertThat(letter.path("properties").path("words"))
                .isEqualTo(json("{'type': ['string', 'null'], 'x-personal': true}"));
        assertThat(letter.path("properties").path("id")).isEqualTo(json("{'type': 'string'}"));
    }

    record Letter(String id, @Personal @Nullable String words) {}

    @Test
    void whatMayBeMissingIsNotRequired() {
        assertThat(schema.path("required").valueStream().map(JsonNode::asString))
                .contains("id", "at", "colour")
                .doesNotContain("note", "coupon");
        assertThat(property("note")).isEqualTo(json("{'type': ['string', 'null']}"));
        assertThat(property("coupon")).isEqualTo(json("{'type': ['string', 'null']}"));
    }

    @Test
    void namesAreThoseOfTheMapper() {
        assertThat(schema.path("properties").propertyNames())
                .contains("called")
                .doesNotContain("named", "secret", "derived");
        JsonMapper snake = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        assertThat(new EventSchemas(snake).of(Payment.class).path("properties").propertyNames())
                .containsExactly("paid_by", "paid_with");
    }

    @Test
    void subtypesAreAlternatives() {
        assertThat(property("payment").path("anyOf").size()).isEqualTo(2);
    }

    @Test
    void whatTheMapperWritesAsASingleValueIsOne() {
        JsonNode values =
                new EventSchemas(new JsonMapper()).of(SingleValues.class).path("properties");
        assertThat(values)
                .isEqualTo(json("{'bytes': {'type': 'string', 'format': 'byte'}, 'currency': {'type': 'string'},"
                        + " 'currencies': {'type': 'array', 'items': {'type': 'string'}},"
                        + " 'count': {'type': ['integer', 'null']}, 'sku': {'type': 'string'},"
                        + " 'time': {'type': 'string', 'format': 'time-local'}, 'year': {'type': 'integer'}}"));
    }

    private JsonNode property(String name) {
        return schema.path("properties").path(name);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    enum Colour {
        RED,
        GREEN
    }

    record Sku(@JsonValue String value) {}

    @SuppressWarnings("ArrayRecordComponent") // as a service may have it
    record SingleValues(
            byte[] bytes,
            Currency currency,
            List<Currency> currencies,
            OptionalInt count,
            Sku sku,
            LocalTime time,
            Year year) {}

    record Payment(String paidBy, String paidWith) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({@JsonSubTypes.Type(Card.class), @JsonSubTypes.Type(Transfer.class)})
    interface Means {}

    record Card(String number) implements Means {}

    record Transfer(String account) implements Means {}

    record Everything(
            UUID id,
            Instant at,
            LocalDate day,
            int count,
            long total,
            BigDecimal price,
            Colour colour,
            List<String> tags,
            Map<String, Integer> sizes,
            @Nullable String note,
            Optional<String> coupon,
            @JsonProperty("called") String named,
            @JsonIgnore @Nullable String secret,
            Means payment) {

        int derived() {
            return count + 1;
        }
    }
}

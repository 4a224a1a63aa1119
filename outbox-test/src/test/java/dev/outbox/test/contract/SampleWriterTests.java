package dev.outbox.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The first sample of a class has its shape, can be read as it, and has its shape when it is written again. */
class SampleWriterTests {

    private static final JsonMapper MAPPER = new JsonMapper();

    @ParameterizedTest
    @ValueSource(
            classes = {
                Values.class,
                Tree.class,
                Chain.class,
                ChainOfOptionals.class,
                Nest.class,
                Formula.class,
                Deep.class
            })
    void aSampleHasTheShapeOfItsClassBeforeAndAfterReading(Class<?> type) {
        ObjectNode schema = new EventSchemas(MAPPER).of(type);
        JsonNode sample = MAPPER.readTree(SampleWriter.write(schema));
        assertThat(misfits(schema, sample)).as("%s", sample).isEmpty();
        JsonNode again = MAPPER.valueToTree(MAPPER.treeToValue(sample, type));
        assertThat(misfits(schema, again)).as("%s", again).isEmpty();
    }

    private static List<?> misfits(ObjectNode schema, JsonNode document) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(document, run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    record Sku(@JsonValue String value) {}

    @SuppressWarnings("ArrayRecordComponent") // as a service may have it
    record Values(
            UUID id,
            Instant at,
            LocalDate day,
            LocalTime time,
            Duration duration,
            Period period,
            URI link,
            BigDecimal price,
            byte[] bytes,
            OptionalInt count,
            Sku sku,
            List<Sku> skus,
            @Nullable Sku other,
            Map<String, Sku> named) {}

    record Tree(String name, List<Tree> children) {}

    record Chain(String name, @Nullable Chain next) {}

    record ChainOfOptionals(String name, Optional<ChainOfOptionals> next) {}

    record Nest(Map<String, Nest> nests, Tree tree) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({@JsonSubTypes.Type(Sum.class), @JsonSubTypes.Type(Amount.class)})
    interface Term {}

    record Sum(Term left, Term right) implements Term {}

    record Amount(int value) implements Term {}

    record Formula(Term term) {}

    record Deep(D1 d) {}

    record D1(D2 d) {}

    record D2(D3 d) {}

    record D3(D4 d) {}

    record D4(D5 d) {}

    record D5(D6 d) {}

    record D6(D7 d) {}

    record D7(D8 d) {}

    record D8(String d) {}
}

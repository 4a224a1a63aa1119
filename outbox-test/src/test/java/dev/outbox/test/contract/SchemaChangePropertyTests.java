package dev.outbox.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@link SchemaChange} says about two schemas, held against networknt's validator. Each seed makes a schema, a changed
 * one, and documents that a writer with the first could write.
 *
 * <p>{@code -Doutbox.contract.seeds=200000} runs more of them, {@code -Doutbox.contract.from=1500} others, and
 * {@code -Doutbox.contract.seed=42} a single one.
 */
class SchemaChangePropertyTests {

    private static final int SEEDS = 1_500;
    private static final int DOCUMENTS = 25;

    /** Some witnesses need several unlikely choices at once. */
    private static final int DOCUMENTS_TO_FIND_ONE = 500;

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @Test
    void whatBreaksNothingLetsEveryDocumentThrough() {
        List<Pair> readable = seeds().mapToObj(seed -> Pair.draw(seed, true))
                .filter(pair -> pair.breaks().isEmpty())
                .toList();
        assertThat(readable)
                .allSatisfy(pair ->
                        assertThat(pair.witness(DOCUMENTS)).as("%s", pair).isEmpty());
    }

    @Test
    void whatBreaksSomethingHasADocumentThatIsRefusedUnlessAskingOnceTooOftenIsMeant() {
        Map<Verdict, Long> verdicts = seeds().mapToObj(seed -> Pair.draw(seed, false))
                .filter(pair -> !pair.breaks().isEmpty())
                .collect(Collectors.groupingBy(Verdict::of, () -> new EnumMap<>(Verdict.class), Collectors.counting()));
        assertThat(verdicts.getOrDefault(Verdict.UNEXPLAINED, 0L))
                .as("breaks for which there is neither a document nor a reason: %s", verdicts)
                .isLessThanOrEqualTo(verdicts.getOrDefault(Verdict.WITNESS, 0L) / 20);
    }

    /** Why two schemas were called incompatible. */
    private enum Verdict {

        /** There is a document that the reader would refuse. */
        WITNESS,

        /** A keyword that is not understood has changed, or is new: nobody looks whether it allows more or less. */
        KEYWORD,

        /** What a writer's alternative may write fits several of the reader's together, but none of them alone. */
        ALTERNATIVE,

        /** The writer's schema contradicts itself or has to contain itself without an end, so nothing is ever written. */
        NOTHING_WRITTEN,

        /** No document was found, which may be because of too few tries. */
        UNEXPLAINED;

        static Verdict of(Pair pair) {
            if (pair.witness(DOCUMENTS_TO_FIND_ONE).isPresent()) {
                return WITNESS;
            }
            if (pair.documents(DOCUMENTS_TO_FIND_ONE).findFirst().isEmpty()) {
                return NOTHING_WRITTEN;
            }
            if (pair.breaks().stream().anyMatch(problem -> problem.contains("may break the expected"))) {
                return KEYWORD;
            }
            return pair.breaks().stream().anyMatch(problem -> problem.contains("matches no expected one"))
                    ? ALTERNATIVE
                    : UNEXPLAINED;
        }
    }

    private static LongStream seeds() {
        Long one = Long.getLong("outbox.contract.seed");
        if (one != null) {
            return LongStream.of(one);
        }
        long from = Long.getLong("outbox.contract.from", 0);
        return LongStream.range(from, from + Long.getLong("outbox.contract.seeds", SEEDS));
    }

    /** Two schemas and what is said about them. */
    private record Pair(long seed, ObjectNode writer, ObjectNode reader, List<String> breaks) {

        static Pair draw(long seed, boolean wild) {
            RandomSchemas schemas = new RandomSchemas(random(seed), wild);
            ObjectNode one = schemas.draw();
            ObjectNode other = schemas.changed(one);
            boolean forward = seed % 2 == 0;
            ObjectNode writer = forward ? one : other;
            ObjectNode reader = forward ? other : one;
            return new Pair(seed, writer, reader, SchemaChange.breaks(writer, reader));
        }

        /** {@return a document of the writer that is not valid for the reader} */
        Optional<JsonNode> witness(int tries) {
            Schema expected = validator(reader);
            return documents(tries)
                    .filter(document -> !isValid(expected, document))
                    .findFirst();
        }

        /** {@return documents of the writer} */
        Stream<JsonNode> documents(int tries) {
            Schema written = validator(writer);
            RandomDocuments documents = new RandomDocuments(writer, random(~seed));
            return Stream.generate(documents::draw).limit(tries).filter(document -> isValid(written, document));
        }

        @Override
        public String toString() {
            return "seed %d: %s\nwriter %s\nreader %s\n".formatted(seed, breaks, writer, reader);
        }
    }

    private static RandomGenerator random(long seed) {
        return new SplittableRandom(seed);
    }

    private static Schema validator(ObjectNode schema) {
        ObjectNode asRead = schema.deepCopy();
        adapt(asRead);
        return SCHEMAS.getSchema(asRead);
    }

    /** A reader ignores what it does not know; and the validator does not know the formats of numbers. */
    private static void adapt(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.path("additionalProperties").isBoolean()) {
                object.remove("additionalProperties");
            }
            switch (object.path("format").asString("")) {
                case "int32" -> range(object, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case "int64" -> range(object, Long.MIN_VALUE, Long.MAX_VALUE);
                default -> {}
            }
        }
        schema.forEach(SchemaChangePropertyTests::adapt);
    }

    private static void range(ObjectNode schema, long lowest, long highest) {
        schema.withArrayProperty("allOf").addObject().put("minimum", lowest).put("maximum", highest);
    }

    private static boolean isValid(Schema schema, JsonNode document) {
        return schema.validate(document, run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .isEmpty();
    }
}

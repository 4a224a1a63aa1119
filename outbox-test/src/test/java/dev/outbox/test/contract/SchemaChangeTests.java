package dev.outbox.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a writer may do to a reader. */
class SchemaChangeTests {

    @Test
    void theSameSchemaBreaksNothing() {
        String both = "{'type': 'object', 'properties': {'a': {'type': 'string'}}, 'required': ['a']}";
        assertThat(breaks(both, both)).isEmpty();
    }

    @Test
    void whatTheReaderDoesNotKnowIsIgnored() {
        assertThat(breaks("{'properties': {'a': {'type': 'string'}}, 'required': ['a']}", "{'properties': {}}"))
                .isEmpty();
    }

    @Test
    void aRequiredPropertyMustBeThere() {
        assertThat(breaks("{'properties': {'a': {}}}", "{'properties': {'a': {}}, 'required': ['a']}"))
                .containsExactly("a may be missing where it is required");
    }

    @Test
    void aTypeMayBecomeWiderOnly() {
        assertThat(breaks("{'type': 'integer'}", "{'type': 'number'}")).isEmpty();
        assertThat(breaks("{'type': 'string'}", "{'type': ['string', 'null']}")).isEmpty();
        assertThat(breaks("{'type': ['string', 'null']}", "{'type': 'string'}"))
                .containsExactly("it may be null where string is expected");
        assertThat(breaks("{}", "{'type': 'string'}")).containsExactly("it may be anything where string is expected");
    }

    @Test
    void aFormatMayBecomeWiderOnly() {
        assertThat(breaks("{'type': 'integer', 'format': 'int32'}", "{'type': 'integer', 'format': 'int64'}"))
                .isEmpty();
        assertThat(breaks("{'type': 'string', 'format': 'uuid'}", "{'type': 'string'}"))
                .isEmpty();
        assertThat(breaks("{'type': 'string'}", "{'type': 'string', 'format': 'uuid'}"))
                .containsExactly("it has the format none where uuid is expected");
        assertThat(breaks("{'type': 'integer', 'format': 'int64'}", "{'type': 'integer', 'format': 'int32'}"))
                .containsExactly("it has the format int64 where int32 is expected");
    }

    @Test
    void aValueOfAnEnumerationMustBeKnown() {
        assertThat(breaks("{'enum': ['A']}", "{'enum': ['A', 'B']}")).isEmpty();
        assertThat(breaks("{'enum': ['A', 'C', 'B']}", "{'enum': ['A']}"))
                .containsExactly("it may have the unknown value B or C");
        assertThat(breaks("{'type': 'string'}", "{'type': 'string', 'enum': ['A']}"))
                .containsExactly("it may have other values than [\"A\"]");
    }

    @Test
    void nestedShapesAreCompared() {
        assertThat(
                        breaks(
                                "{'properties': {'lines': {'type': 'array', 'items': {'properties': {'sku': {'type': 'string'}}}}}}",
                                "{'properties': {'lines': {'type': 'array', 'items': {'properties': {'sku': {'type': 'integer'}}}}}}"))
                .containsExactly("lines[].sku may be string where integer is expected");
        assertThat(breaks(
                        "{'type': 'object', 'additionalProperties': {'type': 'string'}}",
                        "{'type': 'object', 'additionalProperties': {'type': 'integer'}}"))
                .containsExactly("* may be string where integer is expected");
    }

    @Test
    void referencesAreFollowed() {
        String definitions = "'properties': {'a': {'$ref': '#/$defs/A'}, 'b': {'$ref': '#/$defs/A'}}";
        assertThat(breaks(
                        "{'$defs': {'A': {'type': 'string'}}, " + definitions + "}",
                        "{'$defs': {'A': {'type': 'integer'}}, " + definitions + "}"))
                .containsExactly("a may be string where integer is expected");
    }

    @Test
    void aShapeThatContainsItselfIsCompared() {
        String tree = "{'properties': {'name': {'type': '%s'}, 'children': {'items': {'$ref': '#'}}}}";
        assertThat(breaks(tree.formatted("string"), tree.formatted("string"))).isEmpty();
        assertThat(breaks(tree.formatted("string"), tree.formatted("integer")))
                .containsExactly("name may be string where integer is expected");
    }

    @Test
    void everyAlternativeOfTheWriterSuitsOneOfTheReader() {
        String card = "{'properties': {'@type': {'const': 'Card'}}, 'required': ['@type']}";
        String cash = "{'properties': {'@type': {'const': 'Cash'}}, 'required': ['@type']}";
        String one = "{'anyOf': [" + card + "]}";
        String two = "{'anyOf': [" + card + ", {'allOf': [{'type': 'object'}, " + cash + "]}]}";
        assertThat(breaks(one, two)).isEmpty();
        assertThat(breaks(two, two)).isEmpty();
        assertThat(breaks(two, one)).containsExactly("it has an alternative that matches no expected one");
    }

    @Test
    void aConstraintThatIsNotKnownHereMustNotChange() {
        assertThat(breaks("{'pattern': 'a+'}", "{'pattern': 'a+'}")).isEmpty();
        assertThat(breaks("{'pattern': 'a*'}", "{'pattern': 'a+'}"))
                .containsExactly("it may break the expected pattern \"a+\"");
        assertThat(breaks("{'pattern': 'a*'}", "{}")).isEmpty();
    }

    @Test
    void theSameChangeIsReportedAtEachPlace() {
        assertThat(breaks(
                        "{'properties': {'a': {'type': 'string'}, 'b': {'type': 'string'}}}",
                        "{'properties': {'a': {'type': 'integer'}, 'b': {'type': 'integer'}}}"))
                .containsExactly(
                        "a may be string where integer is expected", "b may be string where integer is expected");
    }

    @Test
    void whatStandsNextToAReferenceCountsToo() {
        String definitions = "'$defs': {'A': {'type': 'object', 'properties': {'x': {}}}}";
        assertThat(breaks(
                        "{'$ref': '#/$defs/A', " + definitions + "}",
                        "{'$ref': '#/$defs/A', 'required': ['x'], " + definitions + "}"))
                .containsExactly("x may be missing where it is required");
    }

    @Test
    void aReferenceToAReferenceIsFollowed() {
        String schema = "{'$ref': '#/$defs/A', '$defs': {'A': {'$ref': '#/$defs/B'}, 'B': {'type': '%s'}}}";
        assertThat(breaks(schema.formatted("string"), schema.formatted("integer")))
                .containsExactly("it may be string where integer is expected");
    }

    @Test
    void aReferenceThatLeadsNowhereIsNotTakenForAnything() {
        assertThat(breaks("{'type': 'string'}", "{'$ref': '#/$defs/Lost'}"))
                .containsExactly("it may break the expected $ref \"#/$defs/Lost\"");
        assertThat(breaks("{'type': 'string'}", "{'$ref': 'https://example.org/other'}"))
                .containsExactly("it may break the expected $ref \"https://example.org/other\"");
    }

    @Test
    void allPartsOfTheReaderApply() {
        assertThat(breaks(
                        "{'type': ['string', 'integer']}",
                        "{'allOf': [{'type': 'string'}, {'type': ['string', 'integer']}]}"))
                .containsExactly("it may be integer where string is expected");
        assertThat(breaks("{'const': 'A'}", "{'allOf': [{'enum': ['B', 'A']}, {'enum': ['B']}]}"))
                .containsExactly("it may have the unknown value A");
    }

    @Test
    void whatStandsNextToAlternativesCountsToo() {
        assertThat(breaks(
                        "{'anyOf': [{'type': 'object', 'properties': {'a': {}}}]}",
                        "{'anyOf': [{'type': 'object', 'properties': {'a': {}}}], 'required': ['a']}"))
                .containsExactly("a may be missing where it is required");
        assertThat(breaks(
                        "{'required': ['a'], 'properties': {'a': {}}, 'anyOf': [{'required': ['b'], 'properties': {'b': {}}}]}",
                        "{'required': ['a', 'b']}"))
                .isEmpty();
    }

    @Test
    void whatAMapContainsMustSuitThePropertiesOfTheReader() {
        assertThat(breaks(
                        "{'type': 'object', 'additionalProperties': {'type': 'string'}}",
                        "{'type': 'object', 'properties': {'a': {'type': 'integer'}}}"))
                .containsExactly("a may be string where integer is expected");
        assertThat(breaks("{'type': 'object'}", "{'type': 'object', 'properties': {'a': {'type': 'integer'}}}"))
                .containsExactly("a may be anything where integer is expected");
        assertThat(breaks(
                        "{'type': 'object', 'properties': {'b': {}}, 'required': ['a']}",
                        "{'type': 'object', 'properties': {'a': {'type': 'integer'}}}"))
                .containsExactly("a may be anything where integer is expected");
    }

    @Test
    void propertiesOfTheWriterMustSuitTheMapOfTheReader() {
        String map = "{'type': 'object', 'additionalProperties': {'type': 'integer'}}";
        assertThat(breaks("{'type': 'object', 'properties': {'a': {'type': 'string'}}}", map))
                .containsExactly("a may be string where integer is expected");
        assertThat(breaks("{'type': 'object', 'properties': {'a': {'type': 'integer'}}}", map))
                .isEmpty();
        assertThat(breaks(
                        "{'type': 'object', 'properties': {'a': {'type': 'integer'}}, 'additionalProperties': false}",
                        map))
                .isEmpty();
        assertThat(breaks(
                        "{'type': 'object', 'properties': {'a': {'type': 'integer'}}, 'additionalProperties': true}",
                        map))
                .containsExactly("* may be anything where integer is expected");
    }

    @Test
    void aReaderThatTakesNothingTakesNothing() {
        assertThat(breaks("{'properties': {'a': {}}}", "{'properties': {'a': false}}"))
                .containsExactly("a is not expected at all");
        assertThat(breaks("{'properties': {'a': false}}", "{'properties': {'a': {'type': 'string'}}}"))
                .isEmpty();
        assertThat(breaks("{'properties': {'a': true}}", "{'properties': {'a': true}}"))
                .isEmpty();
    }

    @Test
    void whatAKeywordRefersToMustNotChangeEither() {
        String schema = "{'not': {'$ref': '#/$defs/A'}, '$defs': {'A': {'type': '%s'}}}";
        assertThat(breaks(schema.formatted("string"), schema.formatted("string")))
                .isEmpty();
        assertThat(breaks(schema.formatted("string"), schema.formatted("integer")))
                .containsExactly("it may break the expected not {\"$ref\":\"#/$defs/A\"}");
    }

    @Test
    void aKeywordThatChangesWhatOthersMeanIsNotUnderstood() {
        assertThat(breaks(
                        "{'prefixItems': [{'type': 'string'}], 'items': {'type': 'integer'}}",
                        "{'items': {'type': 'integer'}}"))
                .containsExactly("it may break what is expected by its prefixItems");
        assertThat(breaks(
                        "{'properties': {'a': {}}, 'unevaluatedProperties': {'type': 'string'}}",
                        "{'unevaluatedProperties': {'type': 'string'}}"))
                .containsExactly("it may break the expected unevaluatedProperties {\"type\":\"string\"}");
    }

    @Test
    void aConstantIsAnEnumerationOfOne() {
        assertThat(breaks("{'const': 'A'}", "{'type': 'string', 'enum': ['A', 'B']}"))
                .isEmpty();
        assertThat(breaks("{'enum': ['A', 'B', null, 1]}", "{'const': 'A'}"))
                .containsExactly("it may have the unknown value 1 or B or null");
        assertThat(breaks("{'type': 'string', 'enum': ['A', null]}", "{'type': 'string'}"))
                .isEmpty();
    }

    @Test
    void whatTheTypeOfTheWriterRulesOutDoesNotMatter() {
        assertThat(breaks("{'type': 'null'}", "{'type': ['null', 'string'], 'format': 'uuid'}"))
                .isEmpty();
        assertThat(breaks("{'type': 'null'}", "{'type': ['null', 'object'], 'required': ['a']}"))
                .isEmpty();
        assertThat(breaks("{'type': 'null'}", "{'type': ['null', 'array'], 'items': {'type': 'string'}}"))
                .isEmpty();
    }

    private static List<String> breaks(String writer, String reader) {
        return SchemaChange.breaks(schema(writer), schema(reader));
    }

    private static ObjectNode schema(String text) {
        return JsonMapper.shared().readValue(text.replace('\'', '"'), ObjectNode.class);
    }
}

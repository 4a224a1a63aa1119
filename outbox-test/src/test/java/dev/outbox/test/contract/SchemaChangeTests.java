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
        assertThat(breaks(two, one)).containsExactly("it has an alternative that no expected one suits");
    }

    @Test
    void aConstraintThatIsNotKnownHereMustNotChange() {
        assertThat(breaks("{'pattern': 'a+'}", "{'pattern': 'a+'}")).isEmpty();
        assertThat(breaks("{'pattern': 'a*'}", "{'pattern': 'a+'}"))
                .containsExactly("it may break the expected pattern \"a+\"");
        assertThat(breaks("{'pattern': 'a*'}", "{}")).isEmpty();
    }

    private static List<String> breaks(String writer, String reader) {
        return SchemaChange.breaks(schema(writer), schema(reader));
    }

    private static ObjectNode schema(String text) {
        return JsonMapper.shared().readValue(text.replace('\'', '"'), ObjectNode.class);
    }
}

package dev.outbox.avro;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericArray;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts between a JSON tree and Avro's generic data. A tree looks the same as in JSON: decimals are numbers, dates and times
 * are ISO 8601 text, bytes are Base64. A field that is missing in a tree gets the default of the schema.
 */
final class AvroTree {

    private static final Conversions.DecimalConversion DECIMAL = new Conversions.DecimalConversion();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AvroTree() {}

    /**
     * {@return the tree as data that matches the schema}
     *
     * @throws AvroRuntimeException if it does not fit; the message names the field, never its content
     */
    static Object toAvro(JsonNode tree, Schema schema) {
        return Objects.requireNonNull(value(tree, schema, schema.getName()));
    }

    /** {@return the record as a tree} */
    static ObjectNode toTree(IndexedRecord data) {
        ObjectNode tree = NODES.objectNode();
        for (Schema.Field field : data.getSchema().getFields()) {
            tree.set(field.name(), node(data.get(field.pos()), field.schema()));
        }
        return tree;
    }

    private static @Nullable Object value(JsonNode node, Schema schema, String path) {
        return switch (schema.getType()) {
            case RECORD -> record(node, schema, path);
            case ARRAY -> array(node, schema, path);
            case MAP -> map(node, schema, path);
            case UNION -> union(node, schema, path);
            case NULL -> {
                fit(node.isNull(), node, schema, path);
                yield null;
            }
            case ENUM -> {
                fit(node.isString() && schema.hasEnumSymbol(node.asString()), node, schema, path);
                yield new GenericData.EnumSymbol(schema, node.asString());
            }
            case STRING -> {
                fit(node.isString(), node, schema, path);
                yield node.asString();
            }
            case BOOLEAN -> {
                fit(node.isBoolean(), node, schema, path);
                yield node.booleanValue();
            }
            case INT -> integer(node, schema, path);
            case LONG -> longInteger(node, schema, path);
            case FLOAT -> {
                fit(node.isNumber(), node, schema, path);
                yield node.floatValue();
            }
            case DOUBLE -> {
                fit(node.isNumber(), node, schema, path);
                yield node.doubleValue();
            }
            case BYTES, FIXED -> bytes(node, schema, path);
        };
    }

    private static Object record(JsonNode node, Schema schema, String path) {
        fit(node.isObject(), node, schema, path);
        GenericData.Record data = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            JsonNode child = node.get(field.name());
            if (child == null && field.hasDefaultValue()) {
                data.put(field.pos(), GenericData.get().getDefaultValue(field));
            } else {
                data.put(
                        field.pos(),
                        value(child == null ? NODES.nullNode() : child, field.schema(), path + "." + field.name()));
            }
        }
        return data;
    }

    private static Object array(JsonNode node, Schema schema, String path) {
        fit(node.isArray(), node, schema, path);
        List<@Nullable Object> items = new ArrayList<>(node.size());
        node.forEach(item -> items.add(value(item, schema.getElementType(), path + "[]")));
        return new GenericData.Array<>(schema, items);
    }

    private static Object map(JsonNode node, Schema schema, String path) {
        fit(node.isObject(), node, schema, path);
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        node.properties()
                .forEach(entry ->
                        entries.put(entry.getKey(), value(entry.getValue(), schema.getValueType(), path + "{}")));
        return entries;
    }

    /** The first branch that fits, in the order of the schema. */
    private static @Nullable Object union(JsonNode node, Schema schema, String path) {
        if (node.isNull() && schema.isNullable()) {
            return null;
        }
        AvroRuntimeException misfit = null;
        for (Schema branch : schema.getTypes()) {
            try {
                return value(node, branch, path);
            } catch (AvroRuntimeException next) {
                misfit = next;
            }
        }
        throw misfit == null ? misfit(node, schema, path) : misfit;
    }

    private static Object integer(JsonNode node, Schema schema, String path) {
        if (schema.getLogicalType() instanceof LogicalTypes.Date) {
            fit(node.isString(), node, schema, path);
            return parsed(() -> Math.toIntExact(LocalDate.parse(node.asString()).toEpochDay()), node, schema, path);
        }
        fit(node.isIntegralNumber() && node.canConvertToInt(), node, schema, path);
        return node.intValue();
    }

    private static Object longInteger(JsonNode node, Schema schema, String path) {
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.TimestampMillis) {
            fit(node.isString(), node, schema, path);
            return parsed(() -> Instant.parse(node.asString()).toEpochMilli(), node, schema, path);
        }
        if (logical instanceof LogicalTypes.TimestampMicros) {
            fit(node.isString(), node, schema, path);
            return parsed(() -> micros(Instant.parse(node.asString())), node, schema, path);
        }
        fit(node.isIntegralNumber() && node.canConvertToLong(), node, schema, path);
        return node.longValue();
    }

    private static Object bytes(JsonNode node, Schema schema, String path) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            fit(node.isNumber(), node, schema, path);
            return parsed(() -> decimal(node.decimalValue(), schema, decimal), node, schema, path);
        }
        fit(node.isString() || node.isBinary(), node, schema, path);
        byte[] bytes = parsed(node::binaryValue, node, schema, path);
        if (schema.getType() == Schema.Type.BYTES) {
            return ByteBuffer.wrap(bytes);
        }
        fit(bytes.length == schema.getFixedSize(), node, schema, path);
        return new GenericData.Fixed(schema, bytes);
    }

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    /** A number that is more precise than the schema is refused, not rounded. */
    private static Object decimal(BigDecimal number, Schema schema, LogicalTypes.Decimal decimal) {
        BigDecimal scaled = number.setScale(decimal.getScale());
        return schema.getType() == Schema.Type.FIXED
                ? DECIMAL.toFixed(scaled, schema, decimal)
                : DECIMAL.toBytes(scaled, schema, decimal);
    }

    /** Replaces the exception of the parser, because it shows the content. */
    private static <T> T parsed(Supplier<T> parser, JsonNode node, Schema schema, String path) {
        try {
            return parser.get();
        } catch (RuntimeException unreadable) {
            throw misfit(node, schema, path);
        }
    }

    private static void fit(boolean fits, JsonNode node, Schema schema, String path) {
        if (!fits) {
            throw misfit(node, schema, path);
        }
    }

    private static AvroRuntimeException misfit(JsonNode node, Schema schema, String path) {
        return new AvroRuntimeException("%s is %s, not an Avro %s"
                .formatted(path, node.getNodeType(), schema.getLogicalType() == null ? schema.getType() : schema));
    }

    private static JsonNode node(@Nullable Object data, Schema schema) {
        if (data == null) {
            return NODES.nullNode();
        }
        return switch (schema.getType()) {
            case RECORD -> toTree((IndexedRecord) data);
            case ARRAY -> {
                ArrayNode items = NODES.arrayNode();
                ((GenericArray<?>) data).forEach(item -> items.add(node(item, schema.getElementType())));
                yield items;
            }
            case MAP -> {
                ObjectNode entries = NODES.objectNode();
                ((Map<?, ?>) data)
                        .forEach((key, value) -> entries.set(key.toString(), node(value, schema.getValueType())));
                yield entries;
            }
            case UNION -> node(data, schema.getTypes().get(GenericData.get().resolveUnion(schema, data)));
            case NULL -> NODES.nullNode();
            case ENUM, STRING -> NODES.stringNode(data.toString());
            case BOOLEAN -> NODES.booleanNode((Boolean) data);
            case INT ->
                schema.getLogicalType() instanceof LogicalTypes.Date
                        ? NODES.stringNode(LocalDate.ofEpochDay((Integer) data).toString())
                        : NODES.numberNode((Integer) data);
            case LONG -> longNode((Long) data, schema);
            case FLOAT -> NODES.numberNode((Float) data);
            case DOUBLE -> NODES.numberNode((Double) data);
            case BYTES ->
                schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                        ? NODES.numberNode(DECIMAL.fromBytes((ByteBuffer) data, schema, decimal))
                        : base64(array((ByteBuffer) data));
            case FIXED ->
                schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                        ? NODES.numberNode(DECIMAL.fromFixed((GenericFixed) data, schema, decimal))
                        : base64(((GenericFixed) data).bytes());
        };
    }

    private static JsonNode longNode(long data, Schema schema) {
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.TimestampMillis) {
            return NODES.stringNode(Instant.ofEpochMilli(data).toString());
        }
        if (logical instanceof LogicalTypes.TimestampMicros) {
            return NODES.stringNode(
                    Instant.ofEpochSecond(Math.floorDiv(data, 1_000_000L), Math.floorMod(data, 1_000_000L) * 1_000L)
                            .toString());
        }
        return NODES.numberNode(data);
    }

    private static JsonNode base64(byte[] bytes) {
        return NODES.stringNode(Base64.getEncoder().encodeToString(bytes));
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}

package dev.outbox.avro;

import dev.outbox.event.EventType;
import dev.outbox.format.InvalidFormatException;
import dev.outbox.format.PayloadFormat;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.format.ExactDecimals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Apache Avro in its binary encoding, without a schema in the bytes: the type and version of the record identify the schema,
 * and {@link AvroSchemas} provides it. If one version wrote the bytes and another reads them, Avro resolves the difference by
 * its own rules, if it can.
 *
 * <p>The service's own mapper turns events into trees, so they look the same in Avro as in JSON. Thread-safe.
 */
final class AvroPayloadFormat implements PayloadFormat {

    static final String CONTENT_TYPE = "application/avro";

    private static final Set<String> READ = Set.of(CONTENT_TYPE, "avro/binary");

    private final JsonMapper mapper;
    private final JsonMapper trees;
    private final AvroSchemas schemas;

    AvroPayloadFormat(JsonMapper mapper, AvroSchemas schemas) {
        this.mapper = mapper;
        this.trees = ExactDecimals.in(mapper);
        this.schemas = schemas;
    }

    @Override
    public String contentType() {
        return CONTENT_TYPE;
    }

    @Override
    public boolean reads(String contentType) {
        try {
            var type = MimeTypeUtils.parseMimeType(contentType);
            return READ.contains(type.getType() + "/" + type.getSubtype());
        } catch (InvalidMimeTypeException unknown) {
            return false;
        }
    }

    @Override
    public byte[] write(Object event, DomainEventType type) {
        return write((ObjectNode) trees.valueToTree(event), type.eventType());
    }

    @Override
    public byte[] write(ObjectNode payload, EventType type) {
        Schema schema = schemas.of(type);
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<>(schema).write(AvroTree.toAvro(payload, schema), encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public Object bind(byte[] payload, EventType stored, DomainEventType type) {
        Schema written = schemas.of(stored);
        Schema read = stored.equals(type.eventType()) ? written : schemas.of(type.eventType());
        return bind(AvroTree.toTree(decode(payload, written, read)), type);
    }

    @Override
    public Object bind(ObjectNode payload, DomainEventType type) {
        return mapper.readerFor(type.javaType()).readValue(payload);
    }

    @Override
    public ObjectNode readTree(byte[] payload, EventType stored) {
        Schema written = schemas.of(stored);
        return AvroTree.toTree(decode(payload, written, written));
    }

    @Override
    public boolean resolves(EventType stored, DomainEventType type) {
        Optional<Schema> written = schemas.find(stored);
        Optional<Schema> read = schemas.find(type.eventType());
        return written.isPresent()
                && read.isPresent()
                && SchemaCompatibility.checkReaderWriterCompatibility(read.get(), written.get())
                                .getType()
                        == SchemaCompatibilityType.COMPATIBLE;
    }

    @Override
    public Optional<ObjectNode> schemaOf(EventType type) {
        return schemas.find(type).map(schema -> JsonMapper.shared().readValue(schema.toString(), ObjectNode.class));
    }

    @Override
    public List<String> incompatibilities(ObjectNode written, ObjectNode read) {
        return SchemaCompatibility.checkReaderWriterCompatibility(parsed(read), parsed(written))
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(AvroPayloadFormat::sentence)
                .toList();
    }

    private static Schema parsed(ObjectNode schema) {
        return new SchemaParser().parse(schema.toString()).mainSchema();
    }

    private static String sentence(Incompatibility found) {
        return "%s at %s: %s"
                .formatted(
                        found.getType().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        found.getLocation(),
                        found.getMessage());
    }

    @Override
    public void requireWritable(DomainEventType type) {
        try {
            schemas.of(type.eventType());
        } catch (AvroRuntimeException missing) {
            throw new InvalidFormatException(
                    "%s should be written as Avro: %s".formatted(type, missing.getMessage()),
                    "Put its schema there, correct outbox.format.avro.location, or choose another format for the type.",
                    missing);
        }
    }

    private static IndexedRecord decode(byte[] payload, Schema written, Schema read) {
        try {
            return new GenericDatumReader<IndexedRecord>(written, read)
                    .read(null, DecoderFactory.get().binaryDecoder(payload, null));
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}

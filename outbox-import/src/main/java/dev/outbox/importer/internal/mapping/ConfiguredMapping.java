package dev.outbox.importer.internal.mapping;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventTopics;
import dev.outbox.event.EventType;
import dev.outbox.format.PayloadFormat;
import dev.outbox.importer.ImportMapping;
import dev.outbox.importer.MappedEvent;
import dev.outbox.importer.PeerEvent;
import dev.outbox.internal.capture.BroughtEvents;
import dev.outbox.internal.capture.BroughtPayload;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.format.PayloadFormats;
import dev.outbox.internal.stream.StoredAggregates;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads an event as the class of its name that is declared with {@code @DomainEvent}, and writes it as if it were raised now. A type of
 * which the settings say what it becomes keeps its payload as it is, unless they name a class.
 */
public final class ConfiguredMapping implements ImportMapping {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, TypeMapping> configured;
    private final Map<String, DomainEventType> declared;
    private final PayloadFormats formats;
    private final BroughtEvents payloads;
    private final StoredAggregates stored;

    public ConfiguredMapping(
            Map<String, TypeMapping> configured,
            DomainEventTypes types,
            PayloadFormats formats,
            BroughtEvents payloads,
            StoredAggregates stored) {
        this.configured = Map.copyOf(configured);
        this.declared = types.all().stream()
                .collect(Collectors.toUnmodifiableMap(type -> type.javaType().getName(), Function.identity()));
        this.formats = formats;
        this.payloads = payloads;
        this.stored = stored;
    }

    @Override
    public Optional<MappedEvent> map(PeerEvent event) {
        TypeMapping mapping = configured.get(event.type());
        if (mapping != null && mapping.declared() == null) {
            return Optional.of(asItIs(event, mapping));
        }
        String name = mapping == null ? event.type() : String.valueOf(mapping.declared());
        DomainEventType type = declared.get(name);
        if (type == null) {
            throw new IllegalArgumentException(
                    "%s is not declared with @DomainEvent. Declare it, say in outbox.import.types what it becomes, or name it in outbox.import.ignored-types."
                            .formatted(name));
        }
        return Optional.of(asDeclared(event, type));
    }

    private MappedEvent asDeclared(PeerEvent event, DomainEventType type) {
        if (type.hasAggregateSequence()) {
            throw new IllegalArgumentException(
                    "%s counts its events itself, and this one has no number. Import it as a type without @AggregateSequence."
                            .formatted(type.aggregate()));
        }
        requireNoStream(type.aggregate());
        PayloadFormat json = formats.reading(EventPayload.JSON).orElseThrow();
        Object raised;
        try {
            raised = json.bind(event.payload().getBytes(StandardCharsets.UTF_8), type.eventType(), type);
        } catch (RuntimeException unreadable) {
            throw new IllegalArgumentException(
                    "its payload cannot be read as %s. Correct the class, or the row."
                            .formatted(type.javaType().getName()),
                    unreadable);
        }
        BroughtPayload written = payloads.write(type, raised);
        Map<String, String> headers = new HashMap<>(event.headers());
        headers.putAll(written.headers());
        return new MappedEvent(
                written.type(),
                new AggregateRef(type.aggregate(), idOf(event, type.aggregateIdOf(raised))),
                type.topic(),
                written.payload(),
                headers);
    }

    private MappedEvent asItIs(PeerEvent event, TypeMapping mapping) {
        String aggregate = required(mapping.aggregate(), event, "aggregate");
        requireNoStream(aggregate);
        String topic = mapping.topic();
        return new MappedEvent(
                new EventType(required(mapping.type(), event, "type"), mapping.version()),
                new AggregateRef(aggregate, idOf(event, field(event, mapping.key()))),
                topic == null ? EventTopics.defaultFor(aggregate) : topic,
                EventPayload.json(event.payload().getBytes(StandardCharsets.UTF_8)),
                event.headers());
    }

    private void requireNoStream(String aggregate) {
        if (stored.isStored(aggregate)) {
            throw new IllegalArgumentException(
                    "the events of %s are stored as streams, which only the event store appends to. Append them there yourself."
                            .formatted(aggregate));
        }
    }

    private static String idOf(PeerEvent event, @Nullable String id) {
        String found = id == null ? event.key() : id;
        if (found == null || found.isBlank()) {
            throw new IllegalArgumentException(
                    "it has no key. Mark the @AggregateId of its class, or set outbox.import.types[%s].key."
                            .formatted(event.type()));
        }
        return found;
    }

    private static @Nullable String field(PeerEvent event, @Nullable String path) {
        if (path == null) {
            return null;
        }
        JsonNode node = JSON.readTree(event.payload());
        for (String name : path.split("\\.", -1)) {
            node = node.path(name);
        }
        if (node.isMissingNode() || node.isNull()) {
            throw new IllegalArgumentException("its payload has no field %s".formatted(path));
        }
        return node.asString();
    }

    private static String required(@Nullable String value, PeerEvent event, String name) {
        if (value == null) {
            throw new IllegalArgumentException("outbox.import.types[%s].%s is missing".formatted(event.type(), name));
        }
        return value;
    }
}

package dev.outbox.internal.format;

import dev.outbox.format.InvalidFormatException;
import dev.outbox.format.PayloadFormat;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Every {@link PayloadFormat} that the service knows, and the one in which each type is written. Immutable. */
public final class PayloadFormats {

    private final List<PayloadFormat> formats;
    private final Map<Class<?>, PayloadFormat> byClass;

    private PayloadFormats(List<PayloadFormat> formats, Map<Class<?>, PayloadFormat> byClass) {
        this.formats = formats;
        this.byClass = byClass;
    }

    /**
     * {@return the formats, after checking them}
     *
     * @param formats the first that writes or reads a content type is used
     * @param types the events that the service declares
     * @param properties say in which format a type is written
     * @throws InvalidFormatException if a type is configured with a format that does not exist or cannot write it, or the
     *     settings name a type that no class declares
     */
    static PayloadFormats of(List<PayloadFormat> formats, DomainEventTypes types, FormatProperties properties) {
        requireDeclared(types, properties);
        Map<Class<?>, PayloadFormat> byClass = new HashMap<>();
        for (DomainEventType type : types.all()) {
            PayloadFormat format = formatOf(type, formats, properties);
            format.requireWritable(type);
            byClass.put(type.javaType(), format);
        }
        return new PayloadFormats(List.copyOf(formats), Map.copyOf(byClass));
    }

    /** {@return the format in which events of a type are written} */
    public PayloadFormat writing(DomainEventType type) {
        PayloadFormat format = byClass.get(type.javaType());
        if (format == null) {
            throw new IllegalArgumentException("%s is not a domain event of this service".formatted(type));
        }
        return format;
    }

    /** {@return the format that reads payloads of a content type; empty if none does} */
    public Optional<PayloadFormat> reading(String contentType) {
        return formats.stream().filter(format -> format.reads(contentType)).findFirst();
    }

    private static PayloadFormat formatOf(
            DomainEventType type, List<PayloadFormat> formats, FormatProperties properties) {
        String contentType = properties.contentTypeOf(type.eventType().name());
        return formats.stream()
                .filter(format -> format.contentType().equals(contentType))
                .findFirst()
                .orElseThrow(() -> new InvalidFormatException(
                        "%s should be written as '%s', but nothing here writes that format"
                                .formatted(type, contentType),
                        "outbox.format knows %s. Correct it, add what the format needs to the class path, or define a PayloadFormat bean."
                                .formatted(formats.stream()
                                        .map(PayloadFormat::contentType)
                                        .distinct()
                                        .toList())));
    }

    private static void requireDeclared(DomainEventTypes types, FormatProperties properties) {
        TreeSet<String> unknown = new TreeSet<>(properties.types().keySet());
        types.all().forEach(type -> unknown.remove(type.eventType().name()));
        if (!unknown.isEmpty()) {
            throw new InvalidFormatException(
                    "outbox.format.types names %s, but no class declares it".formatted(unknown.first()),
                    "Correct the type, declare its class with @DomainEvent, or remove the setting.");
        }
    }
}

package dev.outbox.test.contract;

import dev.outbox.contract.Compatibility;
import dev.outbox.contract.EventContract;
import dev.outbox.contract.internal.catalog.CatalogEvent;
import dev.outbox.contract.internal.catalog.CatalogFormat;
import dev.outbox.contract.internal.catalog.CatalogVersion;
import dev.outbox.event.EventType;
import dev.outbox.format.PayloadFormat;
import dev.outbox.internal.domain.DomainEventType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as the code declares it.
 *
 * @param type what the class declares
 * @param schema its shape
 * @param written the format in which the service publishes it
 * @param service the service that is checked
 * @param handled whether the service handles it
 * @param upcast whether the service has a step that upcasts it
 */
record DeclaredEvent(
        DomainEventType type,
        ObjectNode schema,
        PayloadFormat written,
        String service,
        boolean handled,
        boolean upcast) {

    String name() {
        return type.eventType().name();
    }

    int version() {
        return type.eventType().version();
    }

    /** {@return the service that publishes it; null if that is not known} */
    @Nullable
    String producer() {
        String named = text(EventContract::producer).orElse(null);
        return named != null || handled ? named : service;
    }

    /** {@return whether the service reads stored events of earlier versions; a service that only publishes need not} */
    boolean isRead() {
        return handled || upcast;
    }

    /** {@return the schema of a version in the format of the event; none if the format is JSON} */
    Optional<CatalogFormat> format(int version) {
        return written.schemaOf(new EventType(name(), version))
                .map(own -> new CatalogFormat(written.contentType(), own));
    }

    boolean isOurs() {
        return service.equals(producer());
    }

    Compatibility compatibility() {
        return contracts()
                .map(EventContract::compatibility)
                .filter(compatibility -> compatibility != Compatibility.DEFAULT)
                .findFirst()
                .orElse(isOurs() ? Compatibility.FULL : Compatibility.NONE);
    }

    boolean isInPastTense() {
        return contracts().allMatch(EventContract::pastTense);
    }

    /**
     * {@return the entry of the catalog as it should be}
     *
     * <p>Existing content and what people have written are kept; the shape of the declared version is that of the class.
     *
     * @param released the current entry; null for a new event
     * @param today when a new version enters the catalog
     */
    CatalogEvent entry(@Nullable CatalogEvent released, String today) {
        List<CatalogVersion> versions = new ArrayList<>(released == null ? List.of() : released.versions());
        CatalogVersion present =
                released == null ? null : released.version(version()).orElse(null);
        versions.remove(present);
        versions.add(new CatalogVersion(
                version(),
                present == null ? today : present.since(),
                deprecated(present == null ? null : present.deprecated()),
                schema,
                format(version()).orElse(null)));
        versions.sort(Comparator.comparingInt(CatalogVersion::version));
        return new CatalogEvent(
                name(),
                type.aggregate(),
                type.topic(),
                text(EventContract::description).orElse(released == null ? null : released.description()),
                text(EventContract::owner).orElseGet(() -> released == null ? firstOwner() : released.owner()),
                producer() == null && released != null ? released.producer() : producer(),
                consumers(released == null ? List.of() : released.consumers()),
                compatibility(),
                null,
                versions);
    }

    private String firstOwner() {
        String producer = producer();
        return producer == null ? service : producer;
    }

    private @Nullable String deprecated(@Nullable String written) {
        boolean marked = type.javaType().isAnnotationPresent(Deprecated.class);
        return written == null && marked ? "the class is marked as deprecated" : written;
    }

    private List<String> consumers(List<String> known) {
        return handled
                ? Stream.concat(known.stream(), Stream.of(service))
                        .distinct()
                        .sorted()
                        .toList()
                : known.stream().filter(consumer -> !consumer.equals(service)).toList();
    }

    private Optional<String> text(Function<EventContract, String> element) {
        return contracts().map(element).filter(text -> !text.isEmpty()).findFirst();
    }

    /** The class first, then its package. */
    private Stream<EventContract> contracts() {
        return Stream.of(
                        type.javaType().getAnnotation(EventContract.class),
                        type.javaType().getPackage().getAnnotation(EventContract.class))
                .flatMap(Stream::ofNullable);
    }

    @Override
    public String toString() {
        return type.eventType().toString();
    }
}

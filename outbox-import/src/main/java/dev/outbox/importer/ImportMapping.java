package dev.outbox.importer;

import java.util.Optional;

/**
 * Says what an event of another outbox is in this one. A bean of this type replaces the default, which knows the classes declared
 * with {@code @DomainEvent} and what {@code outbox.import.types} says. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ImportMapping {

    /**
     * {@return the event as it is to be published; empty if it is not to be published by anybody} An event that is left out is
     * noted as such, and is complete for the other outbox.
     *
     * @throws RuntimeException if it cannot be decided: the import stops before this event, because those behind it must not
     *     overtake it
     */
    Optional<MappedEvent> map(PeerEvent event);
}

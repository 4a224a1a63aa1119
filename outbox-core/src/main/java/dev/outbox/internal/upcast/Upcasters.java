package dev.outbox.internal.upcast;

import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.format.PayloadFormats;
import dev.outbox.internal.personal.PersonalReader;
import dev.outbox.upcast.Upcaster;
import java.util.Collection;

/**
 * All {@link Upcaster} steps of the service, checked. Each consumer has a {@link PayloadReader} that uses them for the classes
 * that it understands. Immutable and, because the steps are pure, thread-safe.
 */
public final class Upcasters {

    private final UpcasterGraph graph;
    private final PayloadFormats formats;
    private final NewerProperties newer;
    private final PersonalReader personal;

    private Upcasters(UpcasterGraph graph, PayloadFormats formats, NewerProperties newer, PersonalReader personal) {
        this.graph = graph;
        this.formats = formats;
        this.newer = newer;
        this.personal = personal;
    }

    /**
     * {@return the steps, checked}
     *
     * @throws dev.outbox.internal.upcast.InvalidUpcasterException if a step is wrong, leads nowhere or is missing
     */
    static Upcasters of(
            Collection<UpcasterStep> steps,
            DomainEventTypes types,
            PayloadFormats formats,
            NewerProperties newer,
            PersonalReader personal) {
        return new Upcasters(UpcasterGraph.of(steps, types), formats, newer, personal);
    }

    /**
     * {@return the reader of events for a consumer; its routes are resolved now, once for every type and version}
     *
     * @param understood the classes that the consumer handles, one for each type
     */
    public PayloadReader readerFor(Collection<DomainEventType> understood) {
        return new PayloadReader(formats, new Routes(graph, understood), newer, personal);
    }
}

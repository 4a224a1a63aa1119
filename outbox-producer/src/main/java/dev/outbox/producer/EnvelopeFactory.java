package dev.outbox.producer;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventHeaders;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.personal.SubjectForgottenException;
import dev.outbox.producer.internal.downcast.PayloadWriter;
import dev.outbox.producer.internal.downcast.WrittenPayload;
import dev.outbox.producer.internal.metrics.RefusalReason;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.util.unit.DataSize;

/** Creates the envelope of an event, and refuses events that could not be stored or sent. */
final class EnvelopeFactory {

    private final String source;
    private final DataSize maxPayloadSize;
    private final PayloadWriter payloads;
    private final List<EventHeadersCustomizer> headersCustomizers;
    private final Clock clock;
    private final NoArgGenerator eventIds = Generators.timeBasedEpochGenerator();

    EnvelopeFactory(
            String source,
            DataSize maxPayloadSize,
            PayloadWriter payloads,
            List<EventHeadersCustomizer> headersCustomizers,
            Clock clock) {
        this.source = source;
        this.maxPayloadSize = maxPayloadSize;
        this.payloads = payloads;
        this.headersCustomizers = List.copyOf(headersCustomizers);
        this.clock = clock;
    }

    EventEnvelope create(DomainEventType type, Object event) {
        AggregateRef aggregate = aggregateOf(type, event);
        UUID id = eventIds.generate();
        WrittenPayload written = payloadOf(type, event, id);
        Map<String, String> headers = headersOf(event);
        headers.putAll(written.headers());
        try {
            return new EventEnvelope(
                    id, written.type(), aggregate, type.topic(), source, clock.instant(), written.payload(), headers);
        } catch (IllegalArgumentException refused) {
            throw new EventRefusedException(
                    RefusalReason.HEADER,
                    event.getClass(),
                    "cannot be stored: " + refused.getMessage(),
                    "Encode the value in the EventHeadersCustomizer, or leave it out.",
                    refused);
        }
    }

    private static AggregateRef aggregateOf(DomainEventType type, Object event) {
        if (!type.hasAggregateId()) {
            throw new EventRefusedException(
                    RefusalReason.AGGREGATE_ID,
                    event.getClass(),
                    "marks no aggregate id",
                    "Annotate the component that identifies the %s with @AggregateId.".formatted(type.aggregate()));
        }
        String id = type.aggregateIdOf(event);
        if (id == null) {
            throw new EventRefusedException(
                    RefusalReason.AGGREGATE_ID,
                    event.getClass(),
                    "has an aggregate id that is null",
                    "Assign the id before the event is raised.");
        }
        try {
            return new AggregateRef(type.aggregate(), id);
        } catch (IllegalArgumentException refused) {
            throw new EventRefusedException(
                    RefusalReason.AGGREGATE_ID,
                    event.getClass(),
                    "has no usable aggregate id: " + refused.getMessage(),
                    "Give the aggregate an id of 1 to 255 characters, without NUL, before the event is raised.",
                    refused);
        }
    }

    private WrittenPayload payloadOf(DomainEventType type, Object event, UUID id) {
        WrittenPayload payload;
        try {
            payload = payloads.write(type, event);
        } catch (RuntimeException failed) {
            throw new EventRefusedException(
                    RefusalReason.PAYLOAD,
                    event.getClass(),
                    "cannot be serialised: " + failed.getMessage(),
                    "Make every component of the event a plain value that its format can carry.",
                    failed);
        }
        payload = encrypted(type, event, id, payload);
        if (payload.size() > maxPayloadSize.toBytes()) {
            throw new EventRefusedException(
                    RefusalReason.TOO_LARGE,
                    event.getClass(),
                    "has a payload of %d bytes, more than outbox.capture.max-payload-size of %d"
                            .formatted(payload.size(), maxPayloadSize.toBytes()),
                    "Send a reference instead of the content, or raise the limit here and in Kafka.");
        }
        return payload;
    }

    private WrittenPayload encrypted(DomainEventType type, Object event, UUID id, WrittenPayload payload) {
        try {
            return payloads.encrypt(type, event, id, payload);
        } catch (SubjectForgottenException forgotten) {
            throw new EventRefusedException(
                    RefusalReason.FORGOTTEN,
                    event.getClass(),
                    "has personal data of somebody who was forgotten: " + forgotten.getMessage(),
                    "Raise it without that data; somebody who comes back is a new subject, with a new id.",
                    forgotten);
        } catch (IllegalStateException failed) {
            throw new EventRefusedException(
                    RefusalReason.PAYLOAD,
                    event.getClass(),
                    "cannot be encrypted: " + failed.getMessage(),
                    "Correct that before the event is raised.",
                    failed);
        }
    }

    private Map<String, String> headersOf(Object event) {
        Map<String, String> headers = new LinkedHashMap<>();
        headersCustomizers.forEach(customizer -> customizer.customize(event, headers));
        for (String name : headers.keySet()) {
            if (name == null || name.isEmpty() || headers.get(name) == null) {
                throw new EventRefusedException(
                        RefusalReason.HEADER,
                        event.getClass(),
                        "was given a header '%s' with the value '%s'".formatted(name, headers.get(name)),
                        "Give it a name and a value in the EventHeadersCustomizer, or leave it out.");
            }
            if (EventHeaders.isReserved(name)
                    || EventHeaders.isOfNewerPayload(name)
                    || EventHeaders.isOfEncryption(name)) {
                throw new EventRefusedException(
                        RefusalReason.HEADER,
                        event.getClass(),
                        "was given a header '%s', which is written by the outbox itself".formatted(name),
                        "Choose another name in the EventHeadersCustomizer.");
            }
        }
        return headers;
    }
}

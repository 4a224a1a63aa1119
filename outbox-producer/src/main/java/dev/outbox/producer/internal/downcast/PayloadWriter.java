package dev.outbox.producer.internal.downcast;

import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.event.NewerPayload;
import dev.outbox.format.PayloadFormat;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.format.PayloadFormats;
import dev.outbox.internal.personal.EncryptedPayload;
import dev.outbox.internal.personal.PersonalWriter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an event in the format that is configured for its type. If an earlier version is also published, it becomes the
 * payload, which every consumer finds where it always was, and the current version is sent in headers. It is still one event:
 * one row, one record, one id. Thread-safe.
 */
public final class PayloadWriter {

    private final PayloadFormats formats;
    private final PersonalWriter personal;
    private final Supplier<Downcasters> downcasters;

    PayloadWriter(PayloadFormats formats, PersonalWriter personal, Supplier<Downcasters> downcasters) {
        this.formats = formats;
        this.personal = personal;
        this.downcasters = SingletonSupplier.of(downcasters);
    }

    /**
     * {@return the event as it is stored and sent}
     *
     * <p>If it throws anything, the event is refused in the transaction of the caller.
     */
    public WrittenPayload write(DomainEventType type, Object event) {
        PayloadFormat format = formats.writing(type);
        EventType current = type.eventType();
        EventPayload payload = EventPayload.of(format.contentType(), format.write(event, type));
        List<DowncasterStep> steps = downcasters.get().of(current);
        if (steps.isEmpty()) {
            return new WrittenPayload(current, payload, Map.of());
        }
        ObjectNode tree = format.readTree(payload.bytes(), current);
        EventType earlier = current;
        for (DowncasterStep step : steps) {
            tree = step.apply(tree);
            earlier = step.to();
        }
        return new WrittenPayload(
                earlier,
                EventPayload.of(format.contentType(), format.write(tree, earlier)),
                NewerPayload.of(current.version(), payload).headers());
    }

    /** {@return whether something of an event of this type has to be encrypted} */
    public boolean encrypts(DomainEventType type) {
        return personal.encrypts(type);
    }

    /**
     * {@return the same, encrypted where it has to be}
     *
     * @param id of the event
     * @throws dev.outbox.personal.SubjectForgottenException if it has data of a subject that was forgotten
     * @throws IllegalStateException if it cannot be encrypted; the message goes on with the name of the event
     */
    public WrittenPayload encrypt(DomainEventType type, Object event, UUID id, WrittenPayload written) {
        if (!encrypts(type)) {
            return written;
        }
        EncryptedPayload encrypted =
                personal.encrypt(type, event, id.toString(), formats.writing(type), written.payload());
        return new WrittenPayload(written.type(), encrypted.payload(), encrypted.headers());
    }

    /**
     * Checks at start that what has to be encrypted can be.
     *
     * @throws InvalidDowncasterException if an event that is encrypted is published in two versions as well
     */
    void check(DomainEventTypes types) {
        personal.check(types, formats);
        types.all().stream()
                .filter(personal::encrypts)
                .filter(type -> !downcasters.get().of(type.eventType()).isEmpty())
                .findFirst()
                .ifPresent(type -> {
                    throw new InvalidDowncasterException(
                            "outbox.versions.also-publish names %s, of which something is encrypted".formatted(type),
                            "Remove the setting: the two versions of an encrypted event cannot be published in one record yet.");
                });
    }
}

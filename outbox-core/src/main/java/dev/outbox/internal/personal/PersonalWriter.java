package dev.outbox.internal.personal;

import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventPayload;
import dev.outbox.format.InvalidFormatException;
import dev.outbox.format.PayloadFormat;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.PersonalMember;
import dev.outbox.internal.format.ExactDecimals;
import dev.outbox.internal.format.PayloadFormats;
import dev.outbox.personal.SubjectForgottenException;
import dev.outbox.personal.SubjectKeys;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encrypts an event that is raised:
 *
 * <ol>
 *   <li>Each personal member that has a value is replaced by a text: its value as JSON, sealed under the key of its subject.
 *   <li>If the whole type is encrypted, so is what this has made of the payload.
 *   <li>Headers say what was encrypted, and for whom.
 * </ol>
 *
 * <p>Thread-safe.
 */
public final class PersonalWriter {

    /** Content type of a payload that is encrypted as a whole. */
    static final String ENCRYPTED = "application/vnd.outbox.encrypted";

    private final Supplier<@Nullable SubjectKeys> keys;
    private final Supplier<SubjectGuard> guard;
    private final Set<String> encryptedTypes;
    private final JsonNames names;
    private final JsonMapper mapper;
    private final PayloadCipher cipher = new PayloadCipher();

    /**
     * @param keys asked for with the first event that needs one; null if the service has none
     * @param encryptedTypes types whose whole payload is encrypted
     * @param mapper of the service
     */
    public PersonalWriter(
            Supplier<@Nullable SubjectKeys> keys,
            Supplier<SubjectGuard> guard,
            Set<String> encryptedTypes,
            JsonMapper mapper) {
        this.keys = SingletonSupplier.ofNullable(keys);
        this.guard = SingletonSupplier.of(guard);
        this.encryptedTypes = Set.copyOf(encryptedTypes);
        this.names = new JsonNames(mapper);
        this.mapper = ExactDecimals.in(mapper);
    }

    /** {@return whether something of a type is encrypted} */
    public boolean encrypts(DomainEventType type) {
        return !type.personalMembers().isEmpty()
                || encryptedTypes.contains(type.eventType().name());
    }

    /**
     * Checks at start that what is to be encrypted can be.
     *
     * @throws InvalidFormatException if a setting names a type that no class declares, or the format of a personal member has a
     *     schema, in which a text cannot be in its place
     */
    public void check(DomainEventTypes types, PayloadFormats formats) {
        TreeSet<String> unknown = new TreeSet<>(encryptedTypes);
        types.all().forEach(type -> unknown.remove(type.eventType().name()));
        if (!unknown.isEmpty()) {
            throw new InvalidFormatException(
                    "outbox.encryption.types names %s, but no class declares it".formatted(unknown.first()),
                    "Correct the type, declare its class with @DomainEvent, or remove it.");
        }
        for (DomainEventType type : types.all()) {
            PayloadFormat format = formats.writing(type);
            if (!type.personalMembers().isEmpty()
                    && format.schemaOf(type.eventType()).isPresent()) {
                throw new InvalidFormatException(
                        "%s has @Personal members, but is written as '%s', whose schema has no room for what is encrypted"
                                .formatted(type, format.contentType()),
                        "Write it as JSON, or encrypt its whole payload with outbox.encryption.types.");
            }
        }
    }

    /**
     * {@return the payload, encrypted where it has to be}
     *
     * @param id of the event
     * @throws SubjectForgottenException if the event has data of a subject that was forgotten
     * @throws IllegalStateException if the event does not say whose data it has, or nothing here has keys
     */
    public EncryptedPayload encrypt(
            DomainEventType type, Object event, String id, PayloadFormat format, EventPayload payload) {
        Map<String, String> headers = new HashMap<>();
        EventPayload encrypted =
                type.personalMembers().isEmpty() ? payload : withoutPersonal(type, event, id, format, payload, headers);
        if (encryptedTypes.contains(type.eventType().name())) {
            encrypted = whole(type, id, encrypted, headers);
        }
        return new EncryptedPayload(encrypted, headers);
    }

    private EventPayload withoutPersonal(
            DomainEventType type,
            Object event,
            String id,
            PayloadFormat format,
            EventPayload payload,
            Map<String, String> headers) {
        Map<String, String> subjects = new TreeMap<>();
        ObjectNode tree = format.readTree(payload.bytes(), type.eventType());
        for (PersonalMember member : type.personalMembers()) {
            if (!member.isSetIn(event)) {
                continue;
            }
            String name = names.of(type.javaType(), member.name());
            JsonNode value = tree.get(name);
            if (value == null) {
                throw new IllegalStateException(
                        "its payload has no member of its own for @Personal '%s', so the value may be readable in another place"
                                .formatted(member.name()));
            }
            if (!value.isNull()) {
                String subject = subjectOf(type, event, member);
                SealedPlace place = SealedPlace.inEvent(id, type.eventType(), name, subject);
                tree.put(name, Base64.getEncoder().encodeToString(seal(place, mapper.writeValueAsBytes(value))));
                subjects.put(name, subject);
            }
        }
        if (subjects.isEmpty()) {
            return payload;
        }
        headers.putAll(SubjectsHeader.of(subjects));
        return EventPayload.of(payload.contentType(), format.write(tree, type.eventType()));
    }

    private static String subjectOf(DomainEventType type, Object event, PersonalMember member) {
        String subject = member.subjectOf(type, event);
        if (subject == null || subject.isBlank()) {
            throw new IllegalStateException(
                    "it does not say whose data @Personal '%s' is: the member that names the subject is empty"
                            .formatted(member.name()));
        }
        return subject;
    }

    private EventPayload whole(DomainEventType type, String id, EventPayload payload, Map<String, String> headers) {
        String subject = keysOf(type);
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream plain = new DataOutputStream(bytes);
            plain.writeUTF(payload.contentType());
            plain.write(payload.bytes());
            headers.put(EventHeaders.ENCRYPTED, subject);
            return EventPayload.of(
                    ENCRYPTED, seal(SealedPlace.inEvent(id, type.eventType(), "", subject), bytes.toByteArray()));
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }

    /** The types of events have keys like subjects. */
    private static String keysOf(DomainEventType type) {
        return "type:" + type.eventType().name();
    }

    private byte[] seal(SealedPlace place, byte[] plain) {
        SubjectKeys all = keys.get();
        if (all == null) {
            throw new IllegalStateException(
                    "this service has no keys: add outbox-eventstore, or declare a bean of type SubjectKeys");
        }
        guard.get().admit(place.subject());
        return cipher.seal(all.current(place.subject()), place, plain);
    }
}

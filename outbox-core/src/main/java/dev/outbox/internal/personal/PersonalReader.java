package dev.outbox.internal.personal;

import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.personal.SubjectKey;
import dev.outbox.personal.SubjectKeys;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decrypts what is encrypted in a payload. A member whose subject was forgotten becomes null, and so does each encrypted member in a
 * service without keys. Thread-safe.
 */
public final class PersonalReader {

    /** Reads the payloads of a service that has no keys. */
    public static final PersonalReader WITHOUT_KEYS = new PersonalReader(() -> null, JsonMapper.shared());

    private final Supplier<@Nullable SubjectKeys> keys;
    private final KeySearch search;
    private final JsonMapper mapper;
    private final PayloadCipher cipher = new PayloadCipher();

    /**
     * @param keys asked for with the first event that is encrypted; null if the service has none
     * @param mapper whose trees keep numbers as they are
     */
    public PersonalReader(Supplier<@Nullable SubjectKeys> keys, JsonMapper mapper) {
        this(SingletonSupplier.ofNullable(keys), mapper, SubjectKeys::find);
    }

    private PersonalReader(Supplier<@Nullable SubjectKeys> keys, JsonMapper mapper, KeySearch search) {
        this.keys = keys;
        this.mapper = mapper;
        this.search = search;
    }

    /** {@return a reader that looks for each key anew, so that it never opens what was forgotten before} */
    public PersonalReader anew() {
        return new PersonalReader(keys, mapper, SubjectKeys::findAnew);
    }

    /** {@return whether members of an event are encrypted} */
    public static boolean hasMembers(Map<String, String> headers) {
        return headers.containsKey(EventHeaders.PERSONAL);
    }

    /** {@return whether the whole payload of an event is encrypted} */
    public static boolean isWhole(Map<String, String> headers) {
        return headers.containsKey(EventHeaders.ENCRYPTED);
    }

    /**
     * {@return the payload that was encrypted as a whole}
     *
     * @throws IllegalStateException if there is no key for it
     */
    public EventPayload whole(String id, EventType type, EventPayload payload, Map<String, String> headers) {
        String subject = headers.get(EventHeaders.ENCRYPTED);
        if (subject == null) {
            return payload;
        }
        SealedPlace place = SealedPlace.inEvent(id, type, "", subject);
        byte[] plain = open(place, payload.bytes())
                .orElseThrow(() -> new IllegalStateException(
                        "It is encrypted, and there is no key of '%s' here".formatted(subject)));
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
            return EventPayload.of(in.readUTF(), in.readAllBytes());
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }

    /**
     * Puts the values of encrypted members in their places.
     *
     * @throws IllegalArgumentException if one was changed since it was encrypted, or moved here from another place
     */
    public void reveal(String id, EventType type, ObjectNode payload, Map<String, String> headers) {
        SubjectsHeader.members(headers).forEach((name, subject) -> {
            SealedPlace place = SealedPlace.inEvent(id, type, name, subject);
            payload.set(name, valueOf(place, payload.get(name)));
        });
    }

    private @Nullable JsonNode valueOf(SealedPlace place, @Nullable JsonNode sealed) {
        if (sealed == null || !sealed.isString()) {
            throw new IllegalArgumentException("%s is not as it was encrypted".formatted(place));
        }
        return open(place, Base64.getDecoder().decode(sealed.stringValue()))
                .map(mapper::readTree)
                .orElse(null);
    }

    private Optional<byte[]> open(SealedPlace place, byte[] sealed) {
        SubjectKeys all = keys.get();
        if (all == null) {
            return Optional.empty();
        }
        return keyFor(all, place, cipher.keyOf(sealed, place)).map(found -> cipher.open(found, place, sealed));
    }

    private Optional<SubjectKey> keyFor(SubjectKeys all, SealedPlace place, String id) {
        try {
            return search.find(all, place.subject(), id);
        } catch (RuntimeException failed) {
            throw new KeySearchFailedException(failed);
        }
    }

    /** How a key is found. */
    @FunctionalInterface
    private interface KeySearch {

        Optional<SubjectKey> find(SubjectKeys keys, String subject, String id);
    }
}

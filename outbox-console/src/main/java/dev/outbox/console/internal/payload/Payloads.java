package dev.outbox.console.internal.payload;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidJsonException;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import dev.outbox.event.EventPayload;
import dev.outbox.internal.format.ExactDecimals;
import dev.outbox.internal.personal.PersonalReader;
import dev.outbox.internal.personal.SubjectsHeader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Hides what is masked, and takes edited payloads. Thread-safe. */
public final class Payloads {

    private static final String MASK = "***";

    private static final Configuration PATHS = Configuration.builder()
            .options(Option.ALWAYS_RETURN_LIST, Option.SUPPRESS_EXCEPTIONS, Option.AS_PATH_LIST)
            .build();

    private static final String ENCRYPTED = "encrypted";

    private final List<JsonPath> masked;
    private final JsonMapper json = ExactDecimals.in(JsonMapper.shared());

    /**
     * @param mask JSON paths
     * @throws IllegalArgumentException if one of them is none
     */
    public Payloads(List<String> mask) {
        this.masked = mask.stream().map(Payloads::path).toList();
    }

    /** {@return a payload as it is shown} One that is not JSON cannot be masked, and is not shown where something is to be. */
    public ShownPayload shown(EventPayload payload) {
        Optional<String> text = text(payload.bytes());
        if (isJson(payload) && text.isPresent()) {
            return json(payload.contentType(), text.get());
        }
        if (!masked.isEmpty()) {
            return new ShownPayload(payload.contentType(), MASK, false, true);
        }
        return text.map(plain -> new ShownPayload(payload.contentType(), plain, false, false))
                .orElseGet(() -> new ShownPayload(
                        payload.contentType(), Base64.getEncoder().encodeToString(payload.bytes()), true, false));
    }

    /**
     * {@return a payload as people look at it} What is encrypted in it is called that, instead of the text that it is stored as.
     *
     * @param headers of the event
     */
    public ShownPayload readable(EventPayload payload, Map<String, String> headers) {
        if (PersonalReader.isWhole(headers)) {
            return new ShownPayload(payload.contentType(), ENCRYPTED, false, false);
        }
        ShownPayload shown = shown(payload);
        Set<String> members = SubjectsHeader.members(headers).keySet();
        if (members.isEmpty() || !isJson(payload) || shown.base64()) {
            return shown;
        }
        try {
            JsonNode tree = json.readTree(shown.text());
            if (tree instanceof ObjectNode object) {
                members.stream().filter(object::has).forEach(member -> object.put(member, ENCRYPTED));
            }
            return new ShownPayload(shown.contentType(), json.writeValueAsString(tree), shown.base64(), shown.masked());
        } catch (JacksonException unreadable) {
            return shown;
        }
    }

    /**
     * {@return the bytes of an edited payload}
     *
     * @param old what is replaced
     * @throws IllegalArgumentException if it is not what consumers of the old one could read
     */
    public byte[] edited(EventPayload old, String text) {
        if (!isJson(old)) {
            throw new IllegalArgumentException(
                    "A payload of type %s cannot be edited as text".formatted(old.contentType()));
        }
        if (shown(old).masked()) {
            throw new IllegalArgumentException(
                    "Parts of this payload are masked by outbox.console.mask, so its text is not the payload. Correct it in the service, and discard the event.");
        }
        try {
            JsonNode tree = json.readTree(text);
            if (tree.isMissingNode()) {
                throw new IllegalArgumentException(
                        "The payload is empty. Discard the event if it must not be published.");
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The payload is not JSON: " + e.getOriginalMessage(), e);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ShownPayload json(String contentType, String text) {
        if (masked.isEmpty()) {
            return new ShownPayload(contentType, text, false, false);
        }
        try {
            var document = JsonPath.using(Configuration.defaultConfiguration()).parse(text);
            boolean hidden = false;
            for (JsonPath path : masked) {
                List<String> found = JsonPath.using(PATHS).parse(text).read(path);
                for (String place : found == null ? List.<String>of() : found) {
                    document.set(place, MASK);
                    hidden = true;
                }
            }
            return new ShownPayload(contentType, hidden ? document.jsonString() : text, false, hidden);
        } catch (InvalidJsonException unreadable) {
            return new ShownPayload(contentType, MASK, false, true);
        }
    }

    private static boolean isJson(EventPayload payload) {
        return payload.contentType().matches("(?i)application/([^;]+\\+)?json(;.*)?");
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    private static JsonPath path(String text) {
        try {
            return JsonPath.compile(text);
        } catch (InvalidPathException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "outbox.console.mask has '%s', which is not a JSON path such as $.customer.email: %s"
                            .formatted(text, e.getMessage()),
                    e);
        }
    }
}

package dev.outbox.internal.upcast;

import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventType;
import dev.outbox.event.NewerPayload;
import dev.outbox.format.PayloadFormat;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.format.PayloadFormats;
import dev.outbox.internal.personal.KeySearchFailedException;
import dev.outbox.internal.personal.PersonalReader;
import dev.outbox.upcast.EventNode;
import dev.outbox.upcast.NewerPolicy;
import dev.outbox.upcast.NewerVersionException;
import dev.outbox.upcast.UnreadablePayloadException;
import dev.outbox.upcast.Upcaster;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a payload of any stored version as the classes that a consumer understands. Every event that is handled passes through
 * here, whether it is delivered, was parked or is replayed. Thread-safe.
 *
 * <ol>
 *   <li>If a record carries two versions, the newer one is read if it is known here.
 *   <li>What is encrypted is decrypted, so that steps see what was raised.
 *   <li>If the stored version is that of the class, the bytes are bound to it directly.
 *   <li>If it is lower, or the type has moved, the bytes become a tree. The {@link Upcaster} steps convert the tree to what the
 *       consumer understands, and the result is bound. A step may make several events out of the event, or none.
 *   <li>If no step reads it, but its format has its own rules for such a case, the bytes are bound by those rules.
 *   <li>If it is higher, the producer is ahead of this service. The service's settings say what to do then.
 * </ol>
 */
public final class PayloadReader {

    private final PayloadFormats formats;
    private final Routes routes;
    private final NewerProperties newer;
    private final PersonalReader personal;

    PayloadReader(PayloadFormats formats, Routes routes, NewerProperties newer, PersonalReader personal) {
        this.formats = formats;
        this.routes = routes;
        this.newer = newer;
        this.personal = personal;
    }

    /** {@return a reader like this one, which looks for the key of each encrypted member anew} */
    public PayloadReader withKeysAnew() {
        return new PayloadReader(formats, routes, newer, personal.anew());
    }

    /** {@return whether events of a type can become something that the consumer handles} */
    public boolean understands(String type) {
        return routes.understand(type);
    }

    /** {@return whether a class, or a step, reads a stored version or another one of its type; if not, it is ignored} */
    public boolean knows(EventType stored) {
        return !(routes.of(stored) instanceof Route.Ignored);
    }

    /**
     * {@return the events that the consumer handles, in order; none if the event was dropped or is not handled}
     *
     * @throws NewerVersionException if it has a newer version, and that is not tolerated
     * @throws UnreadablePayloadException if it cannot be read; the message says why
     */
    public List<ReadEvent> read(EncodedEvent received) {
        EncodedEvent encoded = inLatestKnown(received);
        EventType stored = encoded.type();
        Route route = routes.of(stored);
        if (route instanceof Route.Newer ahead) {
            route = tolerate(stored, ahead);
        }
        if (route instanceof Route.Ignored) {
            return List.of();
        }
        EncodedEvent event = decrypted(encoded);
        PayloadFormat format = formatOf(event);
        if (route instanceof Route.Step) {
            return new Upcast(event, format).follow(route, treeOf(event, format));
        }
        DomainEventType type = route instanceof Route.Bind bind ? bind.type() : resolved(stored, route, format);
        if (PersonalReader.hasMembers(event.headers())) {
            ObjectNode tree = treeOf(event, format);
            return List.of(new ReadEvent(
                    event.id(), 0, type, present(event, type, reading(event, () -> format.bind(tree, type)))));
        }
        Object bound = present(
                event, type, reading(event, () -> format.bind(event.payload().bytes(), stored, type)));
        return List.of(new ReadEvent(event.id(), 0, type, bound));
    }

    private EncodedEvent decrypted(EncodedEvent event) {
        if (!PersonalReader.isWhole(event.headers())) {
            return event;
        }
        return reading(
                event, () -> event.of(personal.whole(event.id(), event.type(), event.payload(), event.headers())));
    }

    private ObjectNode treeOf(EncodedEvent event, PayloadFormat format) {
        return reading(event, () -> {
            ObjectNode tree = format.readTree(event.payload().bytes(), event.type());
            personal.reveal(event.id(), event.type(), tree, event.headers());
            return tree;
        });
    }

    /** A record may carry a newer version in addition to its payload: read the newer one, if it is known here. */
    private EncodedEvent inLatestKnown(EncodedEvent event) {
        if (!event.headers().containsKey(EventHeaders.NEWER_VERSION)) {
            return event;
        }
        return reading(
                event,
                () -> NewerPayload.from(event.headers(), event.payload().contentType())
                        .map(newerPayload -> event.in(newerPayload))
                        .filter(ahead -> routes.know(ahead.type()))
                        .orElse(event));
    }

    private Route tolerate(EventType stored, Route.Newer ahead) {
        NewerPolicy policy = newer.of(stored.name());
        if (policy == NewerPolicy.TOLERATE) {
            return ahead.asKnown();
        }
        throw new NewerVersionException(
                "%s was received, but this service understands %s. Deploy a version of the service that knows the newer one, or"
                                .formatted(stored, ahead.known())
                        + " set outbox.versions.newer.",
                policy == NewerPolicy.PARK);
    }

    private static DomainEventType resolved(EventType stored, Route route, PayloadFormat format) {
        if (!(route instanceof Route.Unreachable old)) {
            throw new IllegalStateException("No steps lead from %s: %s".formatted(stored, route));
        }
        if (format.resolves(stored, old.type())) {
            return old.type();
        }
        throw new UnreadablePayloadException(
                "%s was received, but no step leads from it to version %d. Add a method annotated with %s."
                        .formatted(stored, old.type().eventType().version(), UpcasterGraph.annotation(stored)));
    }

    private PayloadFormat formatOf(EncodedEvent event) {
        return formats.reading(event.payload().contentType())
                .orElseThrow(() -> new UnreadablePayloadException(
                        "%s was received as '%s', a format that nothing here reads. Add a PayloadFormat bean for it."
                                .formatted(event.type(), event.payload().contentType())));
    }

    /** Adds the name of the event to what a parser throws, and leaves alone what has nothing to do with the payload. */
    private static <T extends @Nullable Object> T reading(EncodedEvent event, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (KeySearchFailedException failed) {
            throw failed.failure();
        } catch (RuntimeException failed) {
            throw new UnreadablePayloadException(
                    "The payload of %s (%s) cannot be read".formatted(event.type(), event.payload()), failed);
        }
    }

    /** The JSON text {@code null} is bound to null, whatever the class. */
    private static Object present(EncodedEvent event, DomainEventType type, @Nullable Object bound) {
        if (bound == null) {
            throw new UnreadablePayloadException(
                    "The payload of %s is null instead of %s".formatted(event.type(), type));
        }
        return bound;
    }

    /** One event on its way through the steps. */
    private final class Upcast {

        private final EncodedEvent stored;
        private final PayloadFormat format;
        private final List<ReadEvent> made = new ArrayList<>();
        private int parts;

        Upcast(EncodedEvent stored, PayloadFormat format) {
            this.stored = stored;
            this.format = format;
        }

        List<ReadEvent> follow(Route route, ObjectNode tree) {
            follow(route, tree, stored.id());
            return made;
        }

        private void follow(Route from, ObjectNode payload, String id) {
            Route route = from;
            ObjectNode tree = payload;
            while (route instanceof Route.Step step) {
                List<EventNode> events = step.step().apply(tree);
                if (events.size() != 1) {
                    split(step, events, id);
                    return;
                }
                route = step.after(events.get(0).type());
                tree = events.get(0).payload();
            }
            end(route, tree, id);
        }

        /** Two parts may share one node, and later steps may change what they are given, so each part gets its own copy. */
        private void split(Route.Step step, List<EventNode> events, String id) {
            for (int i = 0; i < events.size(); i++) {
                EventNode event = events.get(i);
                follow(step.after(event.type()), event.payload().deepCopy(), PartIds.of(id, i));
            }
        }

        private void end(Route route, ObjectNode tree, String id) {
            // Counted whether or not it is handled here: the same part has the same place for every consumer.
            int part = parts++;
            Route known = route instanceof Route.Newer ahead ? tolerate(stored.type(), ahead) : route;
            if (known instanceof Route.Bind bind) {
                Object bound = reading(stored, () -> format.bind(tree, bind.type()));
                made.add(new ReadEvent(id, part, bind.type(), present(stored, bind.type(), bound)));
            }
        }
    }
}

package dev.outbox.eventstore.internal.projection;

import dev.outbox.eventstore.StoredEvent;
import dev.outbox.eventstore.internal.projection.generation.InvalidProjectionException;
import dev.outbox.eventstore.internal.projection.lane.EventSink;
import dev.outbox.eventstore.internal.projection.log.LogEvent;
import dev.outbox.eventstore.internal.stream.StreamRow;
import dev.outbox.internal.bean.BeanMethod;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.upcast.EncodedEvent;
import dev.outbox.internal.upcast.PayloadReader;
import dev.outbox.internal.upcast.ReadEvent;
import dev.outbox.internal.upcast.Upcasters;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionAttribute;

/** The handlers of one projection: an event is read in the version that they understand, and handed to the method for it. */
final class ProjectionHandlers implements EventSink {

    private static final String ASYNCHRONOUS = "org.springframework.scheduling.annotation.Async";

    private static final Set<Integer> JOINING = Set.of(
            TransactionDefinition.PROPAGATION_REQUIRED,
            TransactionDefinition.PROPAGATION_SUPPORTS,
            TransactionDefinition.PROPAGATION_MANDATORY,
            TransactionDefinition.PROPAGATION_NESTED);

    private static final AnnotationTransactionAttributeSource ATTRIBUTES =
            new AnnotationTransactionAttributeSource(false);

    private final PayloadReader reader;
    private final Map<String, BeanMethod> byType;

    private final boolean isPersonal;

    private ProjectionHandlers(PayloadReader reader, Map<String, BeanMethod> byType, boolean isPersonal) {
        this.reader = reader;
        this.byType = byType;
        this.isPersonal = isPersonal;
    }

    /**
     * {@return the handlers of one bean}
     *
     * @throws InvalidProjectionException if a method is not a handler, or two of them take the same event
     */
    static ProjectionHandlers of(
            String projection, List<BeanMethod> methods, DomainEventTypes types, Upcasters upcasters) {
        Map<String, BeanMethod> byType = new TreeMap<>();
        Map<String, DomainEventType> understood = new TreeMap<>();
        for (BeanMethod method : methods) {
            DomainEventType type = typeOf(method, types);
            String name = type.eventType().name();
            BeanMethod other = byType.put(name, method);
            if (other != null) {
                throw new InvalidProjectionException(
                        "Projection '%s' has two handlers of %s: %s and %s".formatted(projection, name, other, method),
                        "Do both in one method, which takes the class of the highest version.");
            }
            understood.put(name, type);
        }
        boolean isPersonal = understood.values().stream()
                .anyMatch(type -> !type.personalMembers().isEmpty());
        // What handlers store stays, so they must not get what is only remembered of somebody who was forgotten.
        return new ProjectionHandlers(upcasters.readerFor(understood.values()).withKeysAnew(), byType, isPersonal);
    }

    /** {@return whether some of the events have personal members} */
    boolean isPersonal() {
        return isPersonal;
    }

    @Override
    public void handle(LogEvent stored) {
        StreamRow event = stored.event();
        if (!reader.understands(event.type().name())) {
            return;
        }
        List<ReadEvent> parts =
                reader.read(new EncodedEvent(event.id().toString(), event.type(), event.payload(), event.headers()));
        for (ReadEvent part : parts) {
            BeanMethod method = byType.get(part.type().eventType().name());
            if (method != null) {
                call(method, part.event(), metadata(stored, part));
            }
        }
    }

    private static StoredEvent metadata(LogEvent stored, ReadEvent part) {
        StreamRow event = stored.event();
        return new StoredEvent(
                event.id(),
                event.stream(),
                event.version(),
                part.part(),
                event.type(),
                event.time(),
                event.headers(),
                part.event());
    }

    private static void call(BeanMethod method, Object event, StoredEvent metadata) {
        try {
            if (method.declared().getParameterCount() == 1) {
                method.invoke(event);
            } else {
                method.invoke(event, metadata);
            }
        } catch (InvocationTargetException failed) {
            throw new HandlerFailedException("%s failed to handle %s".formatted(method, metadata), failed.getCause());
        }
    }

    /** What it does in another transaction, or on another thread, would not be taken back together with the position. */
    private static void requireJoined(BeanMethod method) {
        TransactionAttribute attribute = ATTRIBUTES.getTransactionAttribute(method.declared(), method.beanClass());
        boolean isAsynchronous = MergedAnnotations.from(method.declared(), SearchStrategy.TYPE_HIERARCHY)
                        .isPresent(ASYNCHRONOUS)
                || MergedAnnotations.from(method.beanClass(), SearchStrategy.TYPE_HIERARCHY)
                        .isPresent(ASYNCHRONOUS);
        if (isAsynchronous || (attribute != null && !JOINING.contains(attribute.getPropagationBehavior()))) {
            throw new InvalidProjectionException(
                    "@ProjectionHandler method %s would not work in the transaction that saves the position: it is @Async, or has"
                                    .formatted(method)
                            + " a propagation that does not join",
                    "Remove that annotation; the method is called in a transaction.");
        }
    }

    private static DomainEventType typeOf(BeanMethod method, DomainEventTypes types) {
        Method declared = method.declared();
        Class<?>[] parameters = declared.getParameterTypes();
        boolean event = parameters.length == 1;
        boolean eventAndMetadata = parameters.length == 2 && parameters[1] == StoredEvent.class;
        if (!(event || eventAndMetadata) || declared.getReturnType() != void.class) {
            throw new InvalidProjectionException(
                    "@ProjectionHandler method %s has an unsupported signature: %s".formatted(method, declared),
                    "Declare it as void %s(<class of the event> event), or with StoredEvent as second parameter."
                            .formatted(declared.getName()));
        }
        requireJoined(method);
        return types.find(parameters[0])
                .orElseThrow(() -> new InvalidProjectionException(
                        "@ProjectionHandler method %s takes a %s, which is not a declared domain event"
                                .formatted(method, parameters[0].getName()),
                        "Annotate that class with @DomainEvent, and if it lies outside of the packages of the application,"
                                + " add its package to outbox.packages."));
    }
}

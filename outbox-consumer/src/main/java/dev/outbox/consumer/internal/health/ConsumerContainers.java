package dev.outbox.consumer.internal.health;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.kafka.event.ConsumerFailedToStartEvent;
import org.springframework.kafka.event.ConsumerStartingEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent.Reason;
import org.springframework.kafka.event.KafkaEvent;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;

/**
 * The listener containers of the inbox, for handlers and for idempotent listeners, and the reason why one of their threads does
 * not poll although nobody has stopped it. Thread-safe.
 */
public final class ConsumerContainers implements ApplicationListener<KafkaEvent> {

    private static final String UNKNOWN = "it was stopped because of an error; the log says which";

    private final Map<AbstractMessageListenerContainer<?, ?>, String> consumers = new ConcurrentHashMap<>();
    private final Map<AbstractMessageListenerContainer<?, ?>, End> ends = new ConcurrentHashMap<>();

    private final Consumer<String> added;

    ConsumerContainers() {
        this(consumer -> {});
    }

    /**
     * @param added learns the name of each consumer
     */
    ConsumerContainers(Consumer<String> added) {
        this.added = added;
    }

    /**
     * Watches a container from now on.
     *
     * @param consumer name in the inbox
     */
    public void add(String consumer, AbstractMessageListenerContainer<?, ?> container) {
        consumers.put(container, consumer);
        added.accept(consumer);
    }

    @Override
    public void onApplicationEvent(KafkaEvent event) {
        if (event instanceof ConsumerStartingEvent) {
            watched(event).ifPresent(container -> started(container, thread(event)));
        } else if (event instanceof ConsumerFailedToStartEvent) {
            watched(event)
                    .ifPresent(container -> ends.put(
                            container,
                            new End(thread(event), "its task executor has no thread for it, so it has not started")));
        } else if (event instanceof ConsumerStoppedEvent stopped && stopped.getReason() != Reason.NORMAL) {
            watched(event)
                    .ifPresent(container -> ends.merge(
                            container, new End(thread(event), why(stopped.getReason())), ConsumerContainers::telling));
        }
    }

    /**
     * {@return the consumers that do not poll, or not with all of their threads; not those that the application has stopped}
     */
    List<DeadConsumer> dead() {
        return consumers.entrySet().stream()
                .flatMap(known -> cause(known.getKey())
                        .map(cause -> new DeadConsumer(
                                known.getValue(), topics(known.getKey().getContainerProperties()), cause))
                        .stream())
                .sorted(Comparator.comparing(DeadConsumer::consumer).thenComparing(DeadConsumer::toString))
                .toList();
    }

    /** {@return the topics of each consumer; names, patterns or partitions} */
    SortedMap<String, List<String>> topics() {
        SortedMap<String, List<String>> all = new TreeMap<>();
        consumers.forEach((container, consumer) -> all.merge(
                consumer,
                topics(container.getContainerProperties()),
                (some, more) -> Stream.concat(some.stream(), more.stream())
                        .distinct()
                        .sorted()
                        .toList()));
        return all;
    }

    /** If only one thread has ended, its container is still running. */
    private Optional<String> cause(AbstractMessageListenerContainer<?, ?> container) {
        @Nullable End end = ends.get(container);
        if (!container.isInExpectedState()) {
            return Optional.of(end == null ? UNKNOWN : end.cause());
        }
        return Optional.ofNullable(end)
                .filter(ended -> ended.thread() == container
                        || (container.isRunning() && threads(container).contains(ended.thread())))
                .map(End::cause);
    }

    private Optional<AbstractMessageListenerContainer<?, ?>> watched(KafkaEvent event) {
        MessageListenerContainer container = event.getContainer(MessageListenerContainer.class);
        return container instanceof AbstractMessageListenerContainer<?, ?> known && consumers.containsKey(known)
                ? Optional.of(known)
                : Optional.empty();
    }

    /** Forgets what was known about an earlier start. */
    private void started(AbstractMessageListenerContainer<?, ?> container, MessageListenerContainer thread) {
        @Nullable End end = ends.get(container);
        if (end != null && (end.thread() == thread || !threads(container).contains(end.thread()))) {
            ends.remove(container, end);
        }
    }

    /** An error in one thread also stops the others, but only the first one says why. */
    private static End telling(End known, End next) {
        return next.cause().equals(UNKNOWN) ? known : next;
    }

    private static MessageListenerContainer thread(KafkaEvent event) {
        return event.getSource(MessageListenerContainer.class);
    }

    private static Collection<? extends MessageListenerContainer> threads(
            AbstractMessageListenerContainer<?, ?> container) {
        return container instanceof ConcurrentMessageListenerContainer<?, ?> concurrent
                ? concurrent.getContainers()
                : List.of(container);
    }

    private static List<String> topics(ContainerProperties properties) {
        String @Nullable [] topics = properties.getTopics();
        if (topics != null) {
            return List.of(topics);
        }
        @Nullable Pattern pattern = properties.getTopicPattern();
        if (pattern != null) {
            return List.of(pattern.pattern());
        }
        TopicPartitionOffset @Nullable [] partitions = properties.getTopicPartitions();
        return Stream.ofNullable(partitions)
                .flatMap(Arrays::stream)
                .map(TopicPartitionOffset::getTopicPartition)
                .map(TopicPartition::toString)
                .toList();
    }

    private static String why(Reason reason) {
        return switch (reason) {
            case AUTH -> "Kafka refused its user, or that user may not read";
            case FENCED -> "another one has taken its group.instance.id or its transactional.id";
            case NO_OFFSET -> "it has no offset to begin at, because auto.offset.reset is none";
            case ERROR -> "it ended with an error; see the log";
            case ABNORMAL, NORMAL -> UNKNOWN;
        };
    }

    /**
     * A consumer that does not poll, or not with all of its threads.
     *
     * @param topics names, a pattern or partitions
     */
    record DeadConsumer(String consumer, List<String> topics, String cause) {

        /** {@return what it should do and does not, and why} */
        String text() {
            return "does not read %s: %s".formatted(String.join(", ", topics), cause);
        }
    }

    /**
     * Why a thread does not poll.
     *
     * @param thread the container of that thread alone
     */
    private record End(MessageListenerContainer thread, String cause) {}
}

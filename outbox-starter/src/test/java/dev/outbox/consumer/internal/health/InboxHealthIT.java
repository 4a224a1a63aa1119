package dev.outbox.consumer.internal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.consumer.InboxContainerCustomizer;
import dev.outbox.consumer.idempotent.Idempotent;
import dev.outbox.embedded.Patience;
import dev.outbox.stock.JdbcStock;
import dev.outbox.stock.OrderTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.annotation.DirtiesContext;

/** A consumer that is dead is not up, until it is started anew. */
@SpringBootTest(
        classes = JdbcStock.class,
        properties = {
            "outbox.packages=dev.outbox.stock",
            "outbox.topics.Order=orders.inbox-health",
            "outbox.inbox.group=inbox-health",
            "spring.kafka.consumer.auto-offset-reset=earliest",
            "spring.kafka.consumer.heartbeat-interval=200ms"
        })
@Import({InboxHealthIT.Listeners.class, InboxHealthIT.StaticMember.class})
@DirtiesContext
class InboxHealthIT {

    private static final String HANDLERS = "inbox-health";
    private static final String LISTENER = "inbox-health-listener";
    private static final String WITHOUT_OFFSET = "inbox-health-without-offset";

    @Autowired
    private HealthIndicator outboxInboxHealthIndicator;

    @Autowired
    private KafkaAdmin kafka;

    @Autowired
    private OrderTopic topic;

    @Autowired
    private MessageListenerContainer outboxInboxContainer;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    @Autowired
    private Listeners heard;

    @Test
    void aConsumerThatKafkaHasThrownOutIsDeadUntilItIsStartedAnew() throws Exception {
        topic.sendOrder(orderId(), eventId());
        awaitAssignment(outboxInboxContainer);
        String member = awaitMember(HANDLERS);
        assertThat(status()).isEqualTo(Status.UP);

        takeThePlaceOf(member, HANDLERS);

        awaitDead(HANDLERS, "group.instance.id");
        outboxInboxContainer.start();
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void anErrorEndsAListenerWhichReadsOnOnceItIsStartedAnew() throws Exception {
        MessageListenerContainer listener = container(LISTENER);
        String lost = orderId();
        Lacking.aClass = true;
        topic.sendOrder(lost, eventId());

        awaitDead(LISTENER, "it ended with an error");
        Lacking.aClass = false;
        listener.start();

        assertThat(status()).isEqualTo(Status.UP);
        awaitOrder(lost, heard.orders);
    }

    @Test
    void aListenerWithoutAnOffsetToBeginAtIsDead() throws Exception {
        MessageListenerContainer listener = container(WITHOUT_OFFSET);
        String order = orderId();
        topic.sendOrder(order, eventId());
        assertThat(status()).isEqualTo(Status.UP);

        listener.start();

        awaitDead(WITHOUT_OFFSET, "auto.offset.reset");
        beginAtTheStart(WITHOUT_OFFSET);
        listener.start();

        awaitOrder(order, heard.late);
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void aConsumerThatTheApplicationHasStoppedIsNotDead() {
        topic.sendOrder(orderId(), eventId());
        awaitAssignment(outboxInboxContainer);

        outboxInboxContainer.stop();

        assertThat(outboxInboxContainer.isRunning()).isFalse();
        assertThat(details()).doesNotContainKey("consumer " + HANDLERS);
        outboxInboxContainer.start();
    }

    private void awaitDead(String consumer, String cause) {
        await().atMost(Patience.LIMIT)
                .until(() -> details()
                        .getOrDefault("consumer " + consumer, "")
                        .toString()
                        .contains(cause));
        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat(details()).containsOnlyKeys("consumer " + consumer);
        assertThat(details().toString()).contains(topic.name());
    }

    private static void awaitAssignment(MessageListenerContainer container) {
        await().atMost(Patience.LIMIT)
                .until(() -> !Objects.requireNonNullElse(container.getAssignedPartitions(), List.of())
                        .isEmpty());
    }

    private static void awaitOrder(String orderId, BlockingQueue<String> heard) throws InterruptedException {
        String order;
        do {
            order = heard.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(order).as("order %s", orderId).isNotNull();
        } while (!order.contains(orderId));
    }

    private Status status() {
        return health().getStatus();
    }

    private Map<String, Object> details() {
        return health().getDetails();
    }

    private Health health() {
        return Objects.requireNonNull(outboxInboxHealthIndicator.health());
    }

    private MessageListenerContainer container(String listener) {
        return Optional.ofNullable(listeners.getListenerContainer(listener)).orElseThrow();
    }

    private static String orderId() {
        return "order-" + UUID.randomUUID();
    }

    private static String eventId() {
        return UUID.randomUUID().toString();
    }

    private void beginAtTheStart(String group) throws Exception {
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            TopicDescription known = Objects.requireNonNull(admin.describeTopics(List.of(topic.name()))
                    .allTopicNames()
                    .get(1, TimeUnit.MINUTES)
                    .get(topic.name()));
            Map<TopicPartition, OffsetAndMetadata> start = known.partitions().stream()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(topic.name(), partition.partition()),
                            partition -> new OffsetAndMetadata(0)));
            admin.alterConsumerGroupOffsets(group, start).all().get(1, TimeUnit.MINUTES);
        }
    }

    /** {@return the name by which a group knows its one member} */
    private String awaitMember(String group) {
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            return await().atMost(Patience.LIMIT)
                    .ignoreExceptions()
                    .until(() -> member(admin, group), Optional::isPresent)
                    .orElseThrow();
        }
    }

    private static Optional<String> member(Admin admin, String group) throws Exception {
        return Objects.requireNonNull(admin.describeConsumerGroups(List.of(group))
                        .describedGroups()
                        .get(group))
                .get(1, TimeUnit.MINUTES)
                .members()
                .stream()
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .map(MemberDescription::groupInstanceId)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Another one joins by that name. Kafka then throws the older one out, at its next heartbeat. */
    private void takeThePlaceOf(String member, String group) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.getConfigurationProperties().get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG),
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                member);
        try (KafkaConsumer<byte[], byte[]> other =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            other.subscribe(List.of(topic.name()));
            await().atMost(Patience.LIMIT).until(() -> {
                other.poll(Duration.ofMillis(100));
                return !other.assignment().isEmpty();
            });
        }
    }

    static class Listeners {

        private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> late = new LinkedBlockingQueue<>();

        @Idempotent
        @KafkaListener(
                id = LISTENER,
                topics = "${outbox.topics.Order}",
                properties = "interceptor.classes=dev.outbox.consumer.internal.health.InboxHealthIT$Lacking")
        void listen(String order) {
            orders.add(order);
        }

        @Idempotent
        @KafkaListener(
                id = WITHOUT_OFFSET,
                topics = "${outbox.topics.Order}",
                autoStartup = "false",
                properties = "auto.offset.reset=none")
        void listenLate(String order) {
            late.add(order);
        }
    }

    static class StaticMember implements InboxContainerCustomizer {

        @Override
        public void customize(ConcurrentMessageListenerContainer<byte[], byte[]> container) {
            container
                    .getContainerProperties()
                    .getKafkaConsumerProperties()
                    .setProperty(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "one");
        }
    }

    /** Part of a library that is not there as a whole, called by Kafka's client on the thread of the consumer. */
    public static final class Lacking implements ConsumerInterceptor<Object, Object> {

        private static volatile boolean aClass;

        @Override
        public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
            if (aClass) {
                throw new NoClassDefFoundError("org/example/Trace");
            }
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> settings) {}
    }
}

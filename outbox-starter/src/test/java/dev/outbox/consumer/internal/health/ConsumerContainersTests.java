package dev.outbox.consumer.internal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.outbox.embedded.Patience;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.KafkaEvent;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;

/** Spring Kafka's containers, with consumers whose poll fails as Kafka's client says. */
class ConsumerContainersTests {

    private final ConsumerContainers containers = new ConsumerContainers();
    private final Queue<ScriptedConsumer> polled = new ConcurrentLinkedQueue<>();
    private final Semaphore stopped = new Semaphore(0);
    private final ConcurrentMessageListenerContainer<byte[], byte[]> container = container();

    @AfterEach
    void stop() {
        container.stop();
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                arguments(new NoClassDefFoundError("org/example/Trace"), "it ended with an error"),
                arguments(new FencedInstanceIdException("fenced"), "group.instance.id"),
                arguments(new TopicAuthorizationException(Set.of("orders")), "that user may not read"),
                arguments(new SaslAuthenticationException("wrong password"), "Kafka refused its user"),
                arguments(
                        new NoOffsetForPartitionException(new TopicPartition("orders", 0)),
                        "auto.offset.reset is none"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void aConsumerThatHasStoppedByItselfIsDeadAndSaysWhy(Throwable end, String cause) throws Exception {
        container.start();
        assertThat(containers.dead()).isEmpty();

        aConsumer().failWith(end);

        awaitBothStopped();
        assertThat(containers.dead()).singleElement().satisfies(dead -> {
            assertThat(dead.consumer()).isEqualTo("stock");
            assertThat(dead.topics()).containsExactly("orders");
            assertThat(dead.cause()).contains(cause);
        });
    }

    @Test
    void whatIsStartedAnewIsNotDeadAndForgetsWhyItWas() throws Exception {
        container.start();
        aConsumer().failWith(new FencedInstanceIdException("fenced"));
        awaitBothStopped();

        container.start();
        assertThat(containers.dead()).isEmpty();

        container.stopAbnormally(() -> {});
        awaitBothStopped();
        assertThat(containers.dead())
                .singleElement()
                .satisfies(dead -> assertThat(dead.cause()).contains("the log says which"));
    }

    @Test
    void whatTheApplicationHasStoppedIsNotDead() {
        container.start();
        container.stop();

        assertThat(container.isRunning()).isFalse();
        assertThat(containers.dead()).isEmpty();
    }

    @Test
    void aFailureThatTheErrorHandlerTakesDoesNotEndAConsumer() throws Exception {
        container.start();
        ScriptedConsumer consumer = aConsumer();

        consumer.failWith(new IllegalStateException("once"));

        consumer.awaitPoll();
        consumer.awaitPoll();
        assertThat(containers.dead()).isEmpty();
    }

    @Test
    void aThreadThatDoesNotStartIsDeadUntilItDoes() {
        LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
        container.getContainerProperties().setConsumerStartTimeout(Duration.ofMillis(1));
        container.getContainerProperties().setListenerTaskExecutor(new SimpleAsyncTaskExecutor() {
            @Override
            protected void doExecute(Runnable task) {
                waiting.add(task);
            }
        });

        container.start();

        assertThat(containers.dead())
                .singleElement()
                .satisfies(dead -> assertThat(dead.cause()).contains("has no thread for it"));
        waiting.forEach(task -> new Thread(task).start());
        await().atMost(Patience.LIMIT).until(() -> containers.dead().isEmpty());
    }

    private void awaitBothStopped() throws InterruptedException {
        assertThat(stopped.tryAcquire(2, Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    private ScriptedConsumer aConsumer() {
        return await().atMost(Patience.LIMIT).until(polled::peek, consumer -> consumer != null);
    }

    private ConcurrentMessageListenerContainer<byte[], byte[]> container() {
        ContainerProperties properties = new ContainerProperties("orders");
        properties.setGroupId("stock");
        properties.setPollTimeout(20);
        properties.setMessageListener((MessageListener<byte[], byte[]>) ignored -> {});
        ConcurrentMessageListenerContainer<byte[], byte[]> made =
                new ConcurrentMessageListenerContainer<>(new ScriptedConsumers(), properties);
        made.setConcurrency(2);
        made.setApplicationEventPublisher(event -> {
            if (event instanceof KafkaEvent ofKafka) {
                containers.onApplicationEvent(ofKafka);
            }
            if (event instanceof ConsumerStoppedEvent) {
                stopped.release();
            }
        });
        containers.add("stock", made);
        return made;
    }

    private final class ScriptedConsumers implements ConsumerFactory<byte[], byte[]> {

        @Override
        public Consumer<byte[], byte[]> createConsumer(
                @Nullable String group,
                @Nullable String clientIdPrefix,
                @Nullable String clientIdSuffix,
                @Nullable Properties properties) {
            ScriptedConsumer consumer = new ScriptedConsumer();
            polled.add(consumer);
            return consumer;
        }

        @Override
        public Consumer<byte[], byte[]> createConsumer(
                @Nullable String group, @Nullable String clientIdPrefix, @Nullable String clientIdSuffix) {
            return createConsumer(group, clientIdPrefix, clientIdSuffix, null);
        }

        @Override
        public boolean isAutoCommit() {
            return false;
        }

        @Override
        public Map<String, Object> getConfigurationProperties() {
            return Map.of();
        }
    }

    /** Polls nothing, until it is told how to fail. */
    private static final class ScriptedConsumer extends MockConsumer<byte[], byte[]> {

        private final LinkedBlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<Boolean> polls = new LinkedBlockingQueue<>();

        ScriptedConsumer() {
            super("earliest");
        }

        void failWith(Throwable failure) {
            failures.add(failure);
        }

        void awaitPoll() throws InterruptedException {
            polls.clear();
            assertThat(polls.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            polls.add(true);
            Throwable failure = nextFailure(timeout);
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            return super.poll(timeout);
        }

        private @Nullable Throwable nextFailure(Duration timeout) {
            try {
                return failures.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }
}

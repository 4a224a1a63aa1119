package dev.outbox.relay.internal.kafka;

import dev.outbox.relay.broker.BrokerUnavailableException;
import dev.outbox.relay.broker.TopicState;
import dev.outbox.relay.broker.TopicState.NotTold;
import dev.outbox.relay.broker.TopicState.Unavailable;
import dev.outbox.relay.broker.TopicState.Writable;
import dev.outbox.relay.broker.UnavailableTopicException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Which topics can be written to, as far as the broker says. It distinguishes an outage, in which no broker answers, from a
 * topic that the broker says does not exist or may not be written to by this user.
 *
 * <p>Before events are sent, the producer is asked; it waits for a topic that is just being created. Later, when a topic
 * causes trouble, the broker is asked in the background, because that answer keeps changing. For use by a single thread.
 */
final class KafkaTopics implements AutoCloseable {

    private static final Duration ASKED_AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(5);

    private final List<?> servers;
    private final Supplier<Admin> admins;
    private final LongSupplier nanos;
    private final Map<String, KafkaQuestion> questions = new HashMap<>();
    private @Nullable Admin admin;

    /**
     * @param servers shown in messages
     * @param admins creates the client that asks in the background, when there is something to ask
     */
    KafkaTopics(List<?> servers, Supplier<Admin> admins, LongSupplier nanos) {
        this.servers = servers;
        this.admins = admins;
        this.nanos = nanos;
    }

    /**
     * @throws UnavailableTopicException if the topic cannot be written to
     * @throws BrokerUnavailableException if that is not known
     */
    void require(String topic, Producer<byte[], byte[]> producer) {
        try {
            producer.partitionsFor(topic);
        } catch (KafkaException e) {
            throw isAboutTheTopic(e) || isAboutTheTopic(e.getCause())
                    ? unavailable(topic, e)
                    : new BrokerUnavailableException(
                            ("Kafka at %s does not describe topic '%s' (%s); check that it can be reached and that the"
                                            + " topic exists")
                                    .formatted(servers, topic, e.getMessage()),
                            e);
        }
    }

    static boolean isAboutTheTopic(@Nullable Throwable answer) {
        return answer instanceof UnknownTopicOrPartitionException
                || answer instanceof TopicAuthorizationException
                || answer instanceof InvalidTopicException;
    }

    /** Records an answer that was received in another way. Earlier answers are no longer valid. */
    UnavailableTopicException unavailable(String topic, Throwable answer) {
        String reason = reason(topic, String.valueOf(answer.getMessage()));
        KafkaQuestion question = questions.computeIfAbsent(topic, asked -> new KafkaQuestion());
        question.pending = null;
        question.askedAt = nanos.getAsLong();
        question.told = new Unavailable(reason);
        return new UnavailableTopicException(topic, reason);
    }

    /** {@return the last answer; a new one is requested, at most once a second, without waiting for it} */
    TopicState ask(String topic) {
        KafkaQuestion question = questions.get(topic);
        long now = nanos.getAsLong();
        if (question == null) {
            question = new KafkaQuestion();
            questions.put(topic, question);
            question.askedAt = now - ASKED_AGAIN_AFTER.toNanos();
        } else if (now - question.askedAt > ANSWERED_WITHIN.toNanos()) {
            question.told = new NotTold();
        }
        KafkaFuture<TopicDescription> pending = question.pending;
        if (pending != null && pending.isDone()) {
            question.told = answer(topic, pending);
            question.pending = null;
        }
        if (question.pending == null && now - question.askedAt >= ASKED_AGAIN_AFTER.toNanos()) {
            question.askedAt = now;
            question.pending = describe(topic);
        }
        return question.told;
    }

    @Override
    public void close() {
        Admin open = admin;
        admin = null;
        questions.values().forEach(question -> question.pending = null);
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }

    private KafkaFuture<TopicDescription> describe(String topic) {
        Admin open = admin;
        if (open == null) {
            open = admins.get();
            admin = open;
        }
        DescribeTopicsOptions options = new DescribeTopicsOptions()
                .includeAuthorizedOperations(true)
                .timeoutMs(Math.toIntExact(ANSWERED_WITHIN.toMillis()));
        return Objects.requireNonNull(
                open.describeTopics(List.of(topic), options).topicNameValues().get(topic), topic);
    }

    private TopicState answer(String topic, KafkaFuture<TopicDescription> told) {
        try {
            Set<AclOperation> allowed = told.get().authorizedOperations();
            // A broker without authorization allows everything, or does not report operations.
            return allowed == null || allowed.isEmpty() || allowed.contains(AclOperation.WRITE)
                    ? new Writable()
                    : new Unavailable(reason(topic, "this user may not write"));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return cause != null && isAboutTheTopic(cause)
                    ? new Unavailable(reason(topic, String.valueOf(cause.getMessage())))
                    : new NotTold();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new NotTold();
        }
    }

    /** {@return why a topic cannot be written to, and what to do about it} Any thread may ask. */
    String reason(String topic, String answer) {
        return ("Kafka at %s does not let this relay write to topic '%s' (%s); create the topic, or allow this user to"
                        + " describe it and write to it")
                .formatted(servers, topic, answer);
    }

    private static final class KafkaQuestion {

        private long askedAt;
        private @Nullable KafkaFuture<TopicDescription> pending;
        private TopicState told = new NotTold();
    }
}

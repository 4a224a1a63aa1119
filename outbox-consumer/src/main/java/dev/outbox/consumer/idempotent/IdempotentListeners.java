package dev.outbox.consumer.idempotent;

import dev.outbox.consumer.internal.broker.ConsumedTopics;
import dev.outbox.consumer.internal.handler.EffectTransaction;
import dev.outbox.consumer.internal.handler.InvalidInboxException;
import dev.outbox.consumer.internal.health.ConsumerContainers;
import dev.outbox.internal.bean.BeanMethod;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.KafkaListenerAnnotationBeanPostProcessor.AnnotationEnhancer;
import org.springframework.kafka.annotation.KafkaListeners;
import org.springframework.kafka.config.ContainerPostProcessor;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;

/**
 * Finds the {@code @KafkaListener} methods that are {@link Idempotent}, and puts the inbox between them and their containers,
 * with a post-processor for each container.
 */
final class IdempotentListeners implements AnnotationEnhancer, SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(IdempotentListeners.class);

    private static final String ATTRIBUTE = "containerPostProcessor";
    private static final String AUTO_STARTUP = "autoStartup";

    private final ConfigurableListableBeanFactory beanFactory;
    private final ObjectProvider<TransactionalInbox> inbox;
    private final ObjectProvider<ConsumedTopics> topics;
    private final ObjectProvider<ConsumerContainers> watched;
    private final EffectTransaction effects;
    private final boolean switchedOff;

    /**
     * @param switchedOff whether the service is to start without the outbox; a listener then gets nothing, like a handler
     */
    IdempotentListeners(
            ConfigurableListableBeanFactory beanFactory,
            ObjectProvider<TransactionalInbox> inbox,
            ObjectProvider<ConsumedTopics> topics,
            ObjectProvider<ConsumerContainers> watched,
            EffectTransaction effects,
            boolean switchedOff) {
        this.beanFactory = beanFactory;
        this.inbox = inbox;
        this.topics = topics;
        this.watched = watched;
        this.effects = effects;
        this.switchedOff = switchedOff;
    }

    @Override
    public Map<String, Object> apply(Map<String, Object> listener, AnnotatedElement element) {
        Idempotent idempotent = AnnotatedElementUtils.findMergedAnnotation(element, Idempotent.class);
        if (idempotent == null) {
            return listener;
        }
        if (switchedOff) {
            log.warn("outbox.enabled is false: @Idempotent method {} gets no record", element);
            Map<String, Object> stopped = new HashMap<>(listener);
            stopped.put(AUTO_STARTUP, "false");
            return stopped;
        }
        if (!"".equals(listener.getOrDefault(ATTRIBUTE, ""))) {
            throw new InvalidInboxException(
                    "@Idempotent method %s has a containerPostProcessor in its @KafkaListener".formatted(element),
                    "Use a ContainerCustomizer of the container factory instead.");
        }
        String name = "outboxIdempotent:" + element;
        if (!beanFactory.containsSingleton(name)) {
            ContainerPostProcessor<Object, Object, AbstractMessageListenerContainer<Object, Object>> guarding =
                    container -> guard(container, idempotent, element);
            beanFactory.registerSingleton(name, guarding);
        }
        Map<String, Object> guarded = new HashMap<>(listener);
        guarded.put(ATTRIBUTE, name);
        return guarded;
    }

    /** Otherwise nobody would notice that such a method has no guard, or that its effects are not part of the transaction. */
    @Override
    public void afterSingletonsInstantiated() {
        for (BeanMethod method : BeanMethod.annotatedWith(Idempotent.class, beanFactory)) {
            Method declared = method.declared();
            if (!AnnotatedElementUtils.hasAnnotation(declared, KafkaListener.class)
                    && !AnnotatedElementUtils.hasAnnotation(declared, KafkaListeners.class)) {
                throw new InvalidInboxException(
                        "@Idempotent method %s has no @KafkaListener, so nothing would guard it".formatted(method),
                        "Put @KafkaListener on that method, not on its class; or remove @Idempotent and call the bean of type"
                                + " Inbox.");
            }
            if (!switchedOff) {
                effects.requireJoined(Idempotent.class, method);
            }
        }
    }

    private void guard(
            AbstractMessageListenerContainer<Object, Object> container,
            Idempotent idempotent,
            AnnotatedElement element) {
        TransactionalInbox found = inbox.getIfUnique();
        if (found == null) {
            throw new InvalidInboxException(
                    ("@Idempotent method %s has no inbox: outbox.inbox.enabled is false, or there is not exactly one DataSource"
                                    + " with a transaction manager")
                            .formatted(element),
                    "Switch the inbox on, mark the ones with the inbox as @Primary, or define an InboxGuard bean.");
        }
        TransactionalInbox own =
                idempotent.idHeader().isEmpty() ? found : found.identifiedBy(new RecordIdentity(idempotent.idHeader()));
        String consumer = consumer(container, idempotent, element);
        topics.ifUnique(known -> known.add(consumer, container.getContainerProperties()));
        watched.ifUnique(known -> known.add(consumer, container));
        container.setupMessageListener(
                guarded(container.getContainerProperties().getMessageListener(), own, consumer, element));
    }

    @SuppressWarnings("unchecked") // the container hands over what it was made for
    private static Object guarded(@Nullable Object listener, Inbox inbox, String consumer, AnnotatedElement element) {
        if (listener instanceof BatchAcknowledgingConsumerAwareMessageListener<?, ?> batch) {
            return new IdempotentBatchListener<>(
                    (BatchAcknowledgingConsumerAwareMessageListener<Object, Object>) batch, inbox, consumer);
        }
        if (listener instanceof AcknowledgingConsumerAwareMessageListener<?, ?> single) {
            return new IdempotentRecordListener<>(
                    (AcknowledgingConsumerAwareMessageListener<Object, Object>) single, inbox, consumer);
        }
        throw new IllegalStateException(
                "@Idempotent method %s has a listener that cannot be guarded: %s".formatted(element, listener));
    }

    private static String consumer(
            AbstractMessageListenerContainer<?, ?> container, Idempotent idempotent, AnnotatedElement element) {
        String named = idempotent.consumer();
        String group = named.isEmpty() ? container.getGroupId() : named;
        if (group == null || group.isEmpty()) {
            throw new InvalidInboxException(
                    "@Idempotent method %s has no consumer group".formatted(element),
                    "Set groupId, spring.kafka.consumer.group-id or the consumer of @Idempotent.");
        }
        return group;
    }
}

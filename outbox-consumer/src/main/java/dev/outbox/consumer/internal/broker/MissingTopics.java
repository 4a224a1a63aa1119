package dev.outbox.consumer.internal.broker;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Warns at start about consumed topics that do not exist: perhaps nobody has published to them yet, perhaps the name is
 * wrong. Kafka is asked on a separate thread, so a broker that does not respond holds up nothing.
 */
public final class MissingTopics implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(MissingTopics.class);

    private final Supplier<Map<String, Collection<String>>> topicsByConsumer;
    private final Map<String, Object> configuration;
    private volatile boolean running;

    /**
     * @param topicsByConsumer the topics of each consumer; complete when this is started
     * @param configuration settings of an admin client
     */
    public MissingTopics(
            Supplier<Map<String, Collection<String>>> topicsByConsumer, Map<String, Object> configuration) {
        this.topicsByConsumer = topicsByConsumer;
        this.configuration = Map.copyOf(AdminSettings.quiet(configuration));
    }

    @Override
    public void start() {
        running = true;
        Map<String, Collection<String>> consumed = topicsByConsumer.get();
        if (!consumed.isEmpty()) {
            Thread thread = new Thread(() -> look(consumed), "outbox-missing-topics");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void look(Map<String, Collection<String>> consumed) {
        Set<String> existing;
        try (Admin admin = Admin.create(configuration)) {
            existing = admin.listTopics().names().get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            log.debug("Kafka does not list its topics", e);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        consumed.forEach((consumer, topics) -> {
            Set<String> missing = new TreeSet<>(topics);
            missing.removeAll(existing);
            if (!missing.isEmpty() && running) {
                log.warn(
                        "Consumer {} gets nothing from {}, because there is no such topic, or this service may not see it. A"
                                + " topic is created by its producer or by hand; if the name is wrong, correct"
                                + " outbox.topics.<aggregate>, @DomainEvent(topic) or outbox.inbox.topics.",
                        consumer,
                        missing);
            }
        });
    }
}

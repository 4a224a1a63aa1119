package dev.outbox.embedded;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/** A topic of one partition that refuses what is larger than it allows, until the limit is raised. */
public final class LimitedTopic {

    /** JSON that is larger than the topic allows, until the limit is raised. */
    public static final String TOO_LARGE = "{\"text\":\"" + "x".repeat(5_000) + "\"}";

    private static final String LIMIT = "max.message.bytes";

    private final String brokers;
    private final String name;

    private LimitedTopic(String brokers, String name) {
        this.brokers = brokers;
        this.name = name;
    }

    /** Makes the topic. */
    public static LimitedTopic create(String brokers, String name) {
        LimitedTopic topic = new LimitedTopic(brokers, name);
        topic.create();
        return topic;
    }

    public String name() {
        return name;
    }

    /** Removes the topic with its records. */
    public void delete() {
        admin(admin -> admin.deleteTopics(List.of(name)).all());
    }

    /** From now on, the topic takes what is too large. */
    public void raiseLimit() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        AlterConfigOp raise = new AlterConfigOp(new ConfigEntry(LIMIT, "1000000"), AlterConfigOp.OpType.SET);
        admin(admin ->
                admin.incrementalAlterConfigs(Map.of(resource, List.of(raise))).all());
    }

    private void create() {
        NewTopic topic = new NewTopic(name, Optional.of(1), Optional.empty()).configs(Map.of(LIMIT, "2000"));
        admin(admin -> admin.createTopics(List.of(topic)).all());
    }

    private void admin(Function<Admin, KafkaFuture<Void>> action) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) brokers))) {
            action.apply(admin).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}

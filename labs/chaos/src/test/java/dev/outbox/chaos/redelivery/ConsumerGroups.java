package dev.outbox.chaos.redelivery;

import dev.outbox.chaos.Landscape;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;

/** What the broker knows of the consumers. */
public final class ConsumerGroups implements AutoCloseable {

    private static final List<String> GROUPS =
            List.of(GuardedService.group(Effects.IDENTIFYING), GuardedService.group(Effects.COUNTING));

    private final Admin admin;

    public ConsumerGroups(Landscape landscape) {
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, landscape.bootstrapServers()));
    }

    /** {@return whether each group has so many members, and has shared the partitions among them} */
    public boolean areSharedAmong(int members) throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(GROUPS).all().get().values().stream()
                .allMatch(group -> isSharedAmong(group, members));
    }

    private static boolean isSharedAmong(ConsumerGroupDescription group, int members) {
        return group.groupState() == GroupState.STABLE
                && group.members().size() == members
                && group.members().stream()
                        .noneMatch(
                                member -> member.assignment().topicPartitions().isEmpty());
    }

    @Override
    public void close() {
        admin.close();
    }
}

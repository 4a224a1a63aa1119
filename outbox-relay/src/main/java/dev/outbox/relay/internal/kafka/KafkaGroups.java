package dev.outbox.relay.internal.kafka;

import dev.outbox.internal.failure.Causes;
import dev.outbox.relay.broker.BrokerUnavailableException;
import dev.outbox.relay.broker.GroupLag;
import dev.outbox.relay.broker.GroupProgress;
import dev.outbox.relay.broker.RecordSearch.Found;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks which consumer groups there are, and how far each has come. */
final class KafkaGroups {

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(3);

    private final BrokerSettings broker;

    KafkaGroups(BrokerSettings broker) {
        this.broker = broker;
    }

    /** {@return the groups that have read from the partition of a record, by name} */
    List<GroupProgress> readers(Found record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        try (Admin admin = Admin.create(broker.admin())) {
            Map<String, Long> committed = new HashMap<>();
            committed(admin, new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition)))
                    .forEach((group, offsets) -> {
                        Long offset = offsets.get(partition);
                        if (offset != null) {
                            committed.put(group, offset);
                        }
                    });
            return members(admin, committed.keySet()).entrySet().stream()
                    .map(group -> new GroupProgress(
                            group.getKey(), committed.getOrDefault(group.getKey(), 0L), group.getValue()))
                    .toList();
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    /** {@return how far each group that has read from any of the topics is behind in it, by group and topic} */
    List<GroupLag> lags(Collection<String> topics) {
        try (Admin admin = Admin.create(broker.admin())) {
            Map<String, Map<TopicPartition, Long>> committed = committed(admin, new ListConsumerGroupOffsetsSpec());
            Set<TopicPartition> partitions = new HashSet<>();
            committed.values().forEach(offsets -> {
                offsets.keySet().removeIf(partition -> !topics.contains(partition.topic()));
                partitions.addAll(offsets.keySet());
            });
            committed.values().removeIf(Map::isEmpty);
            Map<TopicPartition, Long> ends = ends(admin, partitions);
            Map<String, Integer> members = members(admin, committed.keySet());
            List<GroupLag> lags = new ArrayList<>();
            committed.forEach((group, offsets) -> lags.addAll(lags(group, offsets, ends, members)));
            lags.sort(Comparator.comparing(GroupLag::group).thenComparing(GroupLag::topic));
            return lags;
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    private static Collection<GroupLag> lags(
            String group,
            Map<TopicPartition, Long> offsets,
            Map<TopicPartition, Long> ends,
            Map<String, Integer> members) {
        Map<String, GroupLag> byTopic = new TreeMap<>();
        offsets.forEach((partition, offset) -> byTopic.merge(
                partition.topic(),
                new GroupLag(
                        group,
                        partition.topic(),
                        1,
                        Math.max(0, ends.getOrDefault(partition, offset) - offset),
                        members.getOrDefault(group, 0)),
                (one, other) -> new GroupLag(
                        group,
                        one.topic(),
                        one.partitions() + other.partitions(),
                        one.lag() + other.lag(),
                        one.members())));
        return byTopic.values();
    }

    /** A topic that has been deleted has no end any more, and its offsets remain for a while. */
    private static Map<TopicPartition, Long> ends(Admin admin, Set<TopicPartition> partitions) {
        Set<String> existing = told(admin.listTopics().names());
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.stream()
                .filter(partition -> existing.contains(partition.topic()))
                .forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> found =
                wanted.isEmpty() ? Map.of() : told(admin.listOffsets(wanted).all());
        found.forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static Map<String, Map<TopicPartition, Long>> committed(Admin admin, ListConsumerGroupOffsetsSpec what) {
        Map<String, ListConsumerGroupOffsetsSpec> wanted = new HashMap<>();
        told(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all()).stream()
                .map(GroupListing::groupId)
                .forEach(group -> wanted.put(group, what));
        Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();
        if (wanted.isEmpty()) {
            return committed;
        }
        told(admin.listConsumerGroupOffsets(wanted).all()).forEach((group, offsets) -> {
            Map<TopicPartition, Long> known = new HashMap<>();
            offsets.forEach((partition, found) -> {
                @Nullable OffsetAndMetadata offset = found;
                if (offset != null) {
                    known.put(partition, offset.offset());
                }
            });
            committed.put(group, known);
        });
        return committed;
    }

    private static Map<String, Integer> members(Admin admin, Set<String> groups) {
        Map<String, ConsumerGroupDescription> described =
                told(admin.describeConsumerGroups(groups).all());
        Map<String, Integer> members = new TreeMap<>();
        described.forEach((group, found) -> members.put(group, found.members().size()));
        return members;
    }

    private static <T> T told(KafkaFuture<T> answer) {
        try {
            return answer.get(ANSWERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private static BrokerUnavailableException unavailable(Exception cause) {
        return new BrokerUnavailableException(
                "Kafka does not say which groups have read: %s. The user of the relay needs the right to describe them."
                        .formatted(Causes.inOneLine(cause)),
                cause);
    }
}

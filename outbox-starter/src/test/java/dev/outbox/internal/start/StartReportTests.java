package dev.outbox.internal.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.OutboxProperties;
import dev.outbox.internal.stream.StoredAggregates;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartReportTests {

    @Test
    void oneLineSaysWhatWasFound(CapturedOutput output) {
        DomainEventTypes types = types(Map.of("Owner", "owners"));
        report(Map.of("Owner", "owners"), types);
        assertThat(output.getAll().lines().filter(line -> line.contains("Outbox: ")))
                .singleElement()
                .asString()
                .endsWith("Outbox: can publish PetAdopted v1 to outbox.event.Pet,"
                        + " OwnerMoved v2, OwnerRegistered v1 to owners; tables nowhere");
        assertThat(output).doesNotContain("has no effect");
    }

    @Test
    void aTopicOfNoAggregateIsWarnedOfByName(CapturedOutput output) {
        Map<String, String> topics = Map.of("Onwer", "owners", "Pet", "pets");
        report(topics, types(topics));
        assertThat(output.getAll().lines().filter(line -> line.contains("WARN")))
                .singleElement()
                .asString()
                .contains("outbox.topics.Onwer has no effect", "[Owner, Pet]");
    }

    private static void report(Map<String, String> topics, DomainEventTypes types) {
        new StartReport(
                        new OutboxProperties(true, List.of(), topics),
                        types,
                        () -> List.of(new PublishedFact(types, StoredAggregates.NONE), () -> "tables nowhere"))
                .afterSingletonsInstantiated();
    }

    private static DomainEventTypes types(Map<String, String> topics) {
        return DomainEventTypes.of(
                List.of(OwnerRegistered.class, OwnerMoved.class, PetAdopted.class, Heard.class),
                new OutboxProperties(true, List.of(), topics));
    }

    @DomainEvent(type = "OwnerRegistered", aggregate = "Owner")
    record OwnerRegistered(@AggregateId long ownerId) {}

    @DomainEvent(type = "OwnerMoved", version = 2, aggregate = "Owner")
    record OwnerMoved(@AggregateId long ownerId) {}

    @DomainEvent(type = "PetAdopted", aggregate = "Pet")
    record PetAdopted(@AggregateId long petId) {}

    @DomainEvent(type = "Heard", aggregate = "Pet")
    record Heard(String what) {}
}

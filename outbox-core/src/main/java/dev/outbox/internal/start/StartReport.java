package dev.outbox.internal.start;

import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.OutboxProperties;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Logs one line with everything that was found, before anything is published or consumed, and warns about settings that match
 * no event. It is the last singleton of its kind to run, so everything else that is looked up in the beans has been found by
 * then.
 */
final class StartReport implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(StartReport.class);

    private final OutboxProperties properties;
    private final DomainEventTypes types;
    private final Supplier<List<StartFact>> facts;

    StartReport(OutboxProperties properties, DomainEventTypes types, Supplier<List<StartFact>> facts) {
        this.properties = properties;
        this.types = types;
        this.facts = facts;
    }

    @Override
    public void afterSingletonsInstantiated() {
        log.info("Outbox: {}", facts.get().stream().map(StartFact::text).collect(Collectors.joining("; ")));
        warnOfTopicsOfNoEvent();
    }

    private void warnOfTopicsOfNoEvent() {
        Set<String> aggregates =
                types.all().stream().map(type -> type.aggregate()).collect(Collectors.toCollection(TreeSet::new));
        for (String key : new TreeSet<>(properties.topics().keySet())) {
            if (!aggregates.contains(key)) {
                log.warn(
                        "outbox.topics.{} has no effect, because no @DomainEvent here has the aggregate '{}'. {}",
                        key,
                        key,
                        aggregates.isEmpty() ? "There are none at all." : "There are: " + aggregates + ".");
            }
        }
    }
}

package dev.outbox.producer.internal.check;

import dev.outbox.internal.check.JdbcTablesCheck;
import dev.outbox.internal.check.TableRight;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.HandledEvents;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.producer.CaptureProperties;
import dev.outbox.producer.Outbox;
import dev.outbox.producer.internal.downcast.PayloadWriter;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.schema.CurrentTables;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Checks, once all beans exist, that the events that the service publishes have what they need: a capture on a transaction
 * manager, a source, aggregate ids, and tables that may be written to. Otherwise an auto-configuration that backs off would
 * make events vanish silently.
 *
 * <p>What a property has switched off is not checked.
 */
final class CaptureCheck implements SmartInitializingSingleton {

    private static final List<TableRight> NEEDED = List.of(
            new TableRight("outbox_event", "insert"),
            new TableRight("outbox_event_seq", "usage"),
            new TableRight("outbox_key", "select"),
            new TableRight("outbox_key", "insert"),
            new TableRight("outbox_key", "update"));

    private final ConfigurableListableBeanFactory beans;
    private final Environment environment;
    private final OutboxDatabase database;
    private final List<String> ownPackages;

    CaptureCheck(
            ConfigurableListableBeanFactory beans,
            Environment environment,
            OutboxDatabase database,
            List<String> ownPackages) {
        this.beans = beans;
        this.environment = environment;
        this.database = database;
        this.ownPackages = ownPackages;
    }

    /**
     * @throws OutboxSetupException if something is missing; the message names it
     */
    @Override
    public void afterSingletonsInstantiated() {
        if (isSwitchedOff("outbox.enabled") || isSwitchedOff("outbox.capture.enabled")) {
            return;
        }
        published().ifPresent(this::requireCapture);
        requireAggregateIds();
    }

    private Optional<DomainEventType> published() {
        return declared().filter(DomainEventType::hasAggregateId).findFirst();
    }

    private Stream<DomainEventType> declared() {
        DomainEventTypes types = beans.getBeanProvider(DomainEventTypes.class).getIfUnique();
        return types == null ? Stream.empty() : types.all().stream();
    }

    private void requireCapture(DomainEventType published) {
        if (beans.getBeanProvider(Outbox.class).getIfAvailable() == null) {
            throw withoutCapture(published);
        }
        OutboxWriter writer = beans.getBeanProvider(OutboxWriter.class).getIfUnique();
        if (writer == null || !isOurs(writer)) {
            return;
        }
        requireSource(published);
        database.requireTransactionManager();
        tables().require(NEEDED);
    }

    /**
     * If a service declares an event among its own classes and does not handle it, the service publishes it. A class elsewhere
     * may come from a jar that declares more events than this service handles; such an event is refused when it is raised.
     */
    private void requireAggregateIds() {
        List<DomainEventType> unmarked = declared()
                .filter(type -> !type.hasAggregateId() && isOfTheApplication(type.javaType()))
                .toList();
        if (unmarked.isEmpty()) {
            return;
        }
        Set<Class<?>> handled = beans.getBeanProvider(HandledEvents.class).stream()
                .flatMap(events -> events.types().stream())
                .collect(Collectors.toSet());
        unmarked.stream()
                .filter(type -> !handled.contains(type.javaType()))
                .findFirst()
                .ifPresent(type -> {
                    throw new OutboxSetupException(
                            "%s marks no @AggregateId, so it could not be published, and no @DomainEventHandler handles it"
                                    .formatted(type),
                            "Annotate the component that identifies the %s with @AggregateId. If it should not be published, declare its handler, or set outbox.capture.enabled=false in a service that publishes nothing."
                                    .formatted(type.aggregate()));
                });
    }

    private boolean isOfTheApplication(Class<?> type) {
        return ownPackages.stream()
                .anyMatch(own -> own.isEmpty() || type.getName().startsWith(own + "."));
    }

    private OutboxSetupException withoutCapture(DomainEventType published) {
        String problem = "Nothing would publish %s, because there is no Outbox: ".formatted(published);
        String off =
                " If this service should not publish events, set outbox.capture.enabled=false; if it should start without"
                        + " outbox and inbox, as in a test, outbox.enabled=false.";
        try {
            database.dataSource();
        } catch (OutboxSetupException undecided) {
            return new OutboxSetupException(problem + undecided.getMessage(), undecided.fix() + off, undecided);
        }
        return beans.getBeanProvider(PayloadWriter.class).getIfUnique() == null
                ? new OutboxSetupException(
                        problem + "there is no JsonMapper to write it with",
                        "Let Spring Boot configure Jackson, or define a JsonMapper bean." + off)
                : new OutboxSetupException(
                        problem
                                + "CaptureAutoConfiguration is excluded, or outbox.capture.enabled is neither true nor false",
                        "Remove the exclusion, or correct the property." + off);
    }

    /** Consumers tell events apart by source and id: events of two services with the same source could have the same id. */
    private void requireSource(DomainEventType published) {
        CaptureProperties properties =
                beans.getBeanProvider(CaptureProperties.class).getIfUnique();
        if (properties != null
                && properties.source() == null
                && !StringUtils.hasText(environment.getProperty("spring.application.name"))) {
            throw new OutboxSetupException(
                    "%s has no CloudEvents source, because the application has no name".formatted(published),
                    "Set spring.application.name, or outbox.capture.source. It must stay, because consumers know events by it.");
        }
    }

    private JdbcTablesCheck tables() {
        return new JdbcTablesCheck(database.dataSource(), beans.getBean(CurrentTables.class));
    }

    private boolean isSwitchedOff(String property) {
        return Boolean.FALSE.equals(environment.getProperty(property, Boolean.class));
    }

    private static boolean isOurs(OutboxWriter writer) {
        return writer.getClass().getPackage() == OutboxWriter.class.getPackage();
    }
}

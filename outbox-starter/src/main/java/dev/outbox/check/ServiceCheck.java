package dev.outbox.check;

import dev.outbox.bean.BeanMethod;
import dev.outbox.capture.CaptureProperties;
import dev.outbox.capture.Outbox;
import dev.outbox.datasource.OutboxDatabase;
import dev.outbox.domain.DomainEventType;
import dev.outbox.domain.DomainEventTypes;
import dev.outbox.downcast.PayloadWriter;
import dev.outbox.inbox.DomainEventHandler;
import dev.outbox.inbox.guard.GuardKind;
import dev.outbox.inbox.guard.InboxGuard;
import dev.outbox.inbox.idempotent.Idempotent;
import dev.outbox.schema.CurrentTables;
import dev.outbox.setup.OutboxSetupException;
import dev.outbox.store.OutboxWriter;
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
 * Looks, once all beans exist, whether what the service declares has what it needs: the events that it publishes a capture
 * on a transaction manager, a source, aggregate ids and tables that may be written, its handlers an inbox with tables. An
 * auto-configuration that backs off would let events vanish without a word.
 *
 * <p>What is switched off by a property is not missed.
 */
final class ServiceCheck implements SmartInitializingSingleton {

    private static final String REGISTRAR = "inboxRegistrar";

    private final ConfigurableListableBeanFactory beans;
    private final Environment environment;
    private final OutboxDatabase database;
    private final List<String> ownPackages;

    ServiceCheck(
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
     * @throws OutboxSetupException names what is missing
     */
    @Override
    public void afterSingletonsInstantiated() {
        if (isSwitchedOff("outbox.enabled")) {
            return;
        }
        if (!isSwitchedOff("outbox.capture.enabled")) {
            published().ifPresent(this::requireCapture);
            requireAggregateIds();
        }
        if (!isSwitchedOff("outbox.inbox.enabled")) {
            requireInbox();
        }
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
        tables().require(TableRight.CAPTURE);
    }

    /**
     * What a service declares among its own classes and does not handle, it publishes. A class elsewhere may be of a jar that
     * declares more than this service handles; it is refused when it is raised.
     */
    private void requireAggregateIds() {
        List<DomainEventType> unmarked = declared()
                .filter(type -> !type.hasAggregateId() && isOfTheApplication(type.javaType()))
                .toList();
        if (unmarked.isEmpty()) {
            return;
        }
        Set<Class<?>> handled = BeanMethod.annotatedWith(DomainEventHandler.class, beans).stream()
                .flatMap(handler -> Stream.of(handler.declared().getParameterTypes()))
                .collect(Collectors.toSet());
        unmarked.stream()
                .filter(type -> !handled.contains(type.javaType()))
                .findFirst()
                .ifPresent(type -> {
                    throw new OutboxSetupException(
                            "%s marks no @AggregateId, so it could not be published, and no @DomainEventHandler takes it"
                                    .formatted(type),
                            "Annotate the component that identifies the %s with @AggregateId. If it is not to be published, declare its handler, or set outbox.capture.enabled=false in a service that publishes nothing."
                                    .formatted(type.aggregate()));
                });
    }

    private boolean isOfTheApplication(Class<?> type) {
        return ownPackages.stream()
                .anyMatch(own -> own.isEmpty() || type.getName().startsWith(own + "."));
    }

    private OutboxSetupException withoutCapture(DomainEventType published) {
        String problem = "%s would be published by nobody, as there is no Outbox: ".formatted(published);
        String off =
                " If this service is not to publish events, set outbox.capture.enabled=false; if it is to start without"
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

    /** Consumers tell events apart by it: those of two services under one source could have the same id. */
    private void requireSource(DomainEventType published) {
        CaptureProperties properties =
                beans.getBeanProvider(CaptureProperties.class).getIfUnique();
        if (properties != null
                && properties.source() == null
                && !StringUtils.hasText(environment.getProperty("spring.application.name"))) {
            throw new OutboxSetupException(
                    "%s has no CloudEvents source, as the application has no name".formatted(published),
                    "Set spring.application.name, or outbox.capture.source. It must stay, for consumers know events by it.");
        }
    }

    private void requireInbox() {
        boolean handlers =
                !BeanMethod.annotatedWith(DomainEventHandler.class, beans).isEmpty();
        if (handlers && !beans.containsBean(REGISTRAR)) {
            throw new OutboxSetupException(
                    "There are @DomainEventHandler methods, but nothing calls them: InboxAutoConfiguration is excluded, or"
                            + " outbox.inbox.enabled is neither true nor false",
                    "Remove the exclusion, or correct the property; outbox.inbox.enabled=false switches the handlers off.");
        }
        InboxGuard guard = beans.getBeanProvider(InboxGuard.class).getIfUnique();
        boolean consumes =
                handlers || !BeanMethod.annotatedWith(Idempotent.class, beans).isEmpty();
        if (consumes && guard != null && GuardKind.of(guard).isPresent()) {
            tables().require(TableRight.INBOX);
        }
    }

    private JdbcTablesCheck tables() {
        return new JdbcTablesCheck(
                database.dataSource(), beans.getBean(CurrentTables.class).all());
    }

    private boolean isSwitchedOff(String property) {
        return Boolean.FALSE.equals(environment.getProperty(property, Boolean.class));
    }

    private static boolean isOurs(OutboxWriter writer) {
        return writer.getClass().getPackage() == OutboxWriter.class.getPackage();
    }
}

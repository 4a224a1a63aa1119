package dev.outbox.eventstore.internal.projection;

import dev.outbox.eventstore.internal.projection.generation.InvalidProjectionException;
import dev.outbox.eventstore.internal.projection.generation.ProjectionDefinition;
import dev.outbox.eventstore.internal.projection.generation.ProjectionStart;
import dev.outbox.eventstore.internal.projection.lane.LaneSettings;
import dev.outbox.eventstore.projection.Projection;
import dev.outbox.eventstore.projection.ProjectionHandler;
import dev.outbox.internal.bean.BeanMethod;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.start.StartFact;
import dev.outbox.internal.upcast.Upcasters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Looks for projections once all beans exist. Without one, nothing runs, and no table is looked at. */
final class ProjectionRegistrar implements SmartInitializingSingleton, StartFact {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private static final int MOST_LANES = 64;

    private final ConfigurableListableBeanFactory beanFactory;
    private final DomainEventTypes types;
    private final Supplier<Upcasters> upcasters;
    private final Supplier<Optional<String>> refusal;
    private final Runnable rights;
    private final Map<String, String> starts;
    private final Supplier<ProjectionEngine> engine;
    private final @Nullable LaneSettings settings;
    private final ProjectionMeters.Factory meters;
    private final Map<String, ProjectionDefinition> found = new TreeMap<>();

    /**
     * @param refusal why there must be no projections in this service; asked if there are some
     * @param rights asks for the rights that projections need; called if there are some
     * @param starts where projections begin, if not where their annotation says
     * @param settings null if this instance fills no lanes
     */
    ProjectionRegistrar(
            ConfigurableListableBeanFactory beanFactory,
            DomainEventTypes types,
            Supplier<Upcasters> upcasters,
            Supplier<Optional<String>> refusal,
            Runnable rights,
            Map<String, String> starts,
            Supplier<ProjectionEngine> engine,
            @Nullable LaneSettings settings,
            ProjectionMeters.Factory meters) {
        this.beanFactory = beanFactory;
        this.types = types;
        this.upcasters = upcasters;
        this.refusal = refusal;
        this.rights = rights;
        this.starts = starts;
        this.engine = engine;
        this.settings = settings;
        this.meters = meters;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Map<Class<?>, List<BeanMethod>> byClass =
                BeanMethod.annotatedWith(ProjectionHandler.class, beanFactory).stream()
                        .collect(Collectors.groupingBy(BeanMethod::beanClass, LinkedHashMap::new, Collectors.toList()));
        requireHandlers(byClass.keySet());
        byClass.forEach((type, methods) -> {
            ProjectionDefinition definition = definition(type, methods);
            if (found.put(definition.name(), definition) != null) {
                throw new InvalidProjectionException(
                        "There are two projections named '%s'".formatted(definition.name()),
                        "Give one of them another name.");
            }
        });
        if (found.isEmpty()) {
            return;
        }
        refusal.get().ifPresent(problem -> {
            throw new InvalidProjectionException(
                    "There are projections (%s), but %s".formatted(String.join(", ", found.keySet()), problem),
                    "Change that, or remove the projections.");
        });
        rights.run();
        found.values().forEach(definition -> engine.get().add(definition, settings, meters.of(definition.name())));
    }

    /** {@return what is projected, into which tables} */
    @Override
    public String text() {
        return found.isEmpty()
                ? "projects no events"
                : found.values().stream()
                        .map(definition -> "projection %s, version %d, fills %s"
                                .formatted(
                                        definition.name(),
                                        definition.version(),
                                        String.join(", ", definition.tables())))
                        .collect(Collectors.joining("; "));
    }

    private void requireHandlers(Set<Class<?>> withHandlers) {
        for (String name : beanFactory.getBeanNamesForAnnotation(Projection.class)) {
            Class<?> type = BeanMethod.classOf(name, beanFactory);
            if (type != null && !withHandlers.contains(type)) {
                throw new InvalidProjectionException(
                        "%s is annotated with @Projection, but has no @ProjectionHandler method, so nothing would fill its tables"
                                .formatted(type.getName()),
                        "Annotate the methods that take its events with @ProjectionHandler, or remove @Projection.");
            }
        }
    }

    private ProjectionDefinition definition(Class<?> type, List<BeanMethod> methods) {
        Projection declared = AnnotatedElementUtils.findMergedAnnotation(type, Projection.class);
        if (declared == null) {
            throw new InvalidProjectionException(
                    "%s has @ProjectionHandler methods, but is not annotated with @Projection"
                            .formatted(type.getName()),
                    "Annotate the class with @Projection, which names the tables that the methods fill.");
        }
        requireSound(declared, type);
        ProjectionStart start = startOf(declared);
        ProjectionHandlers handlers = ProjectionHandlers.of(declared.name(), methods, types, upcasters.get());
        boolean forgets = declared.rebuildWhenForgotten() && handlers.isPersonal();
        if (forgets && start == ProjectionStart.NOW) {
            throw new InvalidProjectionException(
                    "Projection '%s' begins now, and handles events with @Personal members: it would be empty again whenever somebody is forgotten"
                            .formatted(declared.name()),
                    "Let it begin earlier, or set rebuildWhenForgotten = false and let its handlers remove what they have stored.");
        }
        return new ProjectionDefinition(
                declared.name(),
                declared.version(),
                List.of(declared.tables()),
                declared.lanes(),
                start,
                handlers,
                forgets);
    }

    private ProjectionStart startOf(Projection declared) {
        String setting = starts.getOrDefault(declared.name(), declared.start());
        try {
            return ProjectionStart.of(setting);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidProjectionException(
                    "The start of projection '%s' is wrong: %s".formatted(declared.name(), wrong.getMessage()),
                    "Correct @Projection(start), or outbox.projection.start.%s.".formatted(declared.name()));
        }
    }

    private static void requireSound(Projection declared, Class<?> type) {
        if (!NAME.matcher(declared.name()).matches()) {
            throw new InvalidProjectionException(
                    "Projection '%s' (%s) has a name that cannot be part of a schema's name"
                            .formatted(declared.name(), type.getName()),
                    "Use lower-case letters, digits and underscores, and a letter first.");
        }
        if (declared.version() < 1 || declared.lanes() < 1 || declared.lanes() > MOST_LANES) {
            throw new InvalidProjectionException(
                    "Projection '%s' has version %d and %d lanes"
                            .formatted(declared.name(), declared.version(), declared.lanes()),
                    "Versions are counted from 1, and there are 1 to 64 lanes.");
        }
        if (declared.tables().length == 0
                || Arrays.stream(declared.tables()).anyMatch(table -> table.isBlank() || table.contains("."))) {
            throw new InvalidProjectionException(
                    "Projection '%s' names no tables, or names them with a schema: %s"
                            .formatted(declared.name(), List.of(declared.tables())),
                    "Name each table that its handlers fill, without a schema: a rebuild fills tables of the same name in another"
                            + " one.");
        }
    }
}

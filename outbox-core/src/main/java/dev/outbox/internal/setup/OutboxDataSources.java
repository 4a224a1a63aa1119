package dev.outbox.internal.setup;

import dev.outbox.datasource.OutboxDataSource;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Finds the DataSource with the outbox and inbox tables. All code that reads or writes them gets it here, so all of it works on
 * one database.
 *
 * <ol>
 *   <li>The one that {@value #QUALIFIER} names, by its bean name or by a qualifier.
 *   <li>The one that is marked with {@link OutboxDataSource}.
 *   <li>The only one, or the primary one.
 * </ol>
 */
public final class OutboxDataSources {

    /** Property with the name or a qualifier of the DataSource. */
    public static final String QUALIFIER = "outbox.datasource.qualifier";

    private static final String FIX =
            ("Mark the one that holds the business data with @OutboxDataSource or @Primary, or set"
                            + " %s to its bean name.")
                    .formatted(QUALIFIER);

    private OutboxDataSources() {}

    /**
     * {@return the DataSource of the outbox}
     *
     * @param beans where to look
     * @param environment may name the DataSource
     * @throws OutboxSetupException if there is none, or if there are several and nothing says which one it is
     */
    public static DataSource choose(ListableBeanFactory beans, Environment environment) {
        String qualifier = environment.getProperty(QUALIFIER, "");
        if (!qualifier.isBlank()) {
            return qualified(beans, qualifier);
        }
        DataSource marked = marked(beans);
        if (marked != null) {
            return marked;
        }
        DataSource only = beans.getBeanProvider(DataSource.class).getIfUnique();
        if (only == null) {
            throw undecided(namesOfAll(beans));
        }
        return only;
    }

    /** {@return why none of several DataSources can be chosen, from the definitions of the beans alone; null if one can} */
    public static @Nullable OutboxSetupException undecided(
            ConfigurableListableBeanFactory beans, Environment environment) {
        List<String> names = namesOfAll(beans);
        boolean isDecided = names.size() <= 1
                || !environment.getProperty(QUALIFIER, "").isBlank()
                || names.stream().anyMatch(name -> isMarked(beans, name) || isPrimary(beans, name));
        return isDecided ? null : undecided(names);
    }

    private static boolean isMarked(ListableBeanFactory beans, String name) {
        return beans.findAnnotationOnBean(name, OutboxDataSource.class, false) != null;
    }

    private static boolean isPrimary(ConfigurableListableBeanFactory beans, String name) {
        return beans.containsBeanDefinition(name)
                && beans.getBeanDefinition(name).isPrimary();
    }

    private static DataSource qualified(ListableBeanFactory beans, String qualifier) {
        try {
            return BeanFactoryAnnotationUtils.qualifiedBeanOfType(beans, DataSource.class, qualifier);
        } catch (NoSuchBeanDefinitionException unknown) {
            throw new OutboxSetupException(
                    "%s is '%s', but not exactly one DataSource has that name or qualifier; there are %s"
                            .formatted(QUALIFIER, qualifier, namesOfAll(beans)),
                    "Set it to the bean name of the DataSource that holds the business data.",
                    unknown);
        }
    }

    private static @Nullable DataSource marked(ListableBeanFactory beans) {
        List<String> marked =
                namesOfAll(beans).stream().filter(name -> isMarked(beans, name)).toList();
        if (marked.size() > 1) {
            throw new OutboxSetupException(
                    "Several DataSources are marked with @OutboxDataSource: %s".formatted(marked),
                    "Keep the annotation on the one that holds the business data.");
        }
        return marked.isEmpty() ? null : beans.getBean(marked.get(0), DataSource.class);
    }

    private static OutboxSetupException undecided(List<String> names) {
        return names.isEmpty()
                ? new OutboxSetupException(
                        "There is no DataSource for the tables of the outbox",
                        "Configure spring.datasource.* or define a DataSource bean, on PostgreSQL.")
                : new OutboxSetupException(
                        "There are several DataSources, %s, and nothing says which one holds the tables of the outbox"
                                .formatted(names),
                        FIX);
    }

    private static List<String> namesOfAll(ListableBeanFactory beans) {
        return Arrays.stream(beans.getBeanNamesForType(DataSource.class, true, false))
                .sorted()
                .toList();
    }
}

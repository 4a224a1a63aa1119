package dev.outbox.internal.check;

import dev.outbox.internal.setup.OutboxDataSources;
import dev.outbox.internal.setup.OutboxSetupException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Says so if an injected bean is missing because nothing says which of several DataSources is that of the outbox. */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class NoDataSourceFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

    private static final String OURS = "dev.outbox.";

    private final BeanFactory beans;
    private final Environment environment;

    NoDataSourceFailureAnalyzer(BeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(
            Throwable rootFailure, NoSuchBeanDefinitionException cause, @Nullable String description) {
        Class<?> missing = cause.getBeanType();
        if (missing == null
                || cause.getNumberOfBeansFound() > 0
                || !missing.getName().startsWith(OURS)
                || !(beans instanceof ConfigurableListableBeanFactory defined)) {
            return null;
        }
        OutboxSetupException undecided = OutboxDataSources.undecided(defined, environment);
        return undecided == null
                ? null
                : new FailureAnalysis(
                        "%s required a bean of type '%s', which does not exist: %s"
                                .formatted(
                                        description == null ? "A component" : description,
                                        missing.getName(),
                                        undecided.getMessage()),
                        undecided.fix(),
                        cause);
    }
}

package dev.outbox.internal.check;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Names the property that has switched off an injected bean. Spring Boot's own message about a missing bean does not. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SwitchedOffFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

    private static final String OURS = "dev.outbox.";
    private static final String ALL = "outbox.enabled";
    private static final String CAPTURE = "outbox.capture.enabled";
    private static final String INBOX = "outbox.inbox.enabled";
    private static final String RELAY = "outbox.relay.enabled";
    private static final String EVENT_STORE = "outbox.eventstore.enabled";

    private final Environment environment;

    SwitchedOffFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(
            Throwable rootFailure, NoSuchBeanDefinitionException cause, @Nullable String description) {
        Class<?> missing = cause.getBeanType();
        if (missing == null || cause.getNumberOfBeansFound() > 0) {
            return null;
        }
        List<String> off = switches(missing.getName())
                .filter(property -> Boolean.FALSE.equals(environment.getProperty(property, Boolean.class)))
                .toList();
        return off.isEmpty()
                ? null
                : new FailureAnalysis(
                        "%s required a bean of type '%s', which does not exist because %s is false"
                                .formatted(
                                        description == null ? "A component" : description,
                                        missing.getName(),
                                        String.join(" or ", off)),
                        "Set it to true where there is PostgreSQL, or inject an ObjectProvider, which is empty without it.",
                        cause);
    }

    /** Found by package, because a missing bean cannot tell what creates it. */
    private static Stream<String> switches(String type) {
        if (type.startsWith(OURS + "relay.")) {
            return Stream.of(ALL, RELAY);
        }
        if (type.startsWith(OURS + "consumer.")) {
            return Stream.of(ALL, INBOX);
        }
        if (type.startsWith(OURS + "eventstore.")) {
            return Stream.of(ALL, CAPTURE, EVENT_STORE);
        }
        if (type.startsWith(OURS + "schema.")) {
            return Stream.of(ALL, CAPTURE, INBOX, RELAY);
        }
        // An annotation of the test provides the beans that a test injects.
        return type.startsWith(OURS) && !type.startsWith(OURS + "test.")
                ? Stream.of(ALL, CAPTURE, INBOX)
                : Stream.empty();
    }
}

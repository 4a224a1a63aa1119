package dev.outbox.relay.internal.outboxes;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** True in a sidecar of several outboxes, and not in the contexts of its outboxes. */
final class SeveralOutboxesCondition implements Condition {

    static final String OUTBOXES = "outbox.relay.outboxes";

    /** By the name of its file, which keeps it out of services. */
    private static final String SIDECAR = "outbox-relay";

    SeveralOutboxesCondition() {}

    static boolean isMetBy(Environment environment) {
        return SIDECAR.equals(environment.getProperty("spring.config.name"))
                && !environment.containsProperty(OutboxEntry.NAME)
                && Binder.get(environment)
                                .bind(OUTBOXES, Bindable.mapOf(String.class, Object.class))
                                .orElse(Map.of())
                                .size()
                        > 0;
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return isMetBy(context.getEnvironment());
    }
}

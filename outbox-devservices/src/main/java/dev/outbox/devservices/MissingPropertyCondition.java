package dev.outbox.devservices;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Asks the {@link Binder}, which knows every spelling of a property, and lists by their elements. */
final class MissingPropertyCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Binder binder = Binder.get(context.getEnvironment());
        ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnMissingProperty.class);
        for (String name : metadata.getAnnotations()
                .get(ConditionalOnMissingProperty.class)
                .getStringArray(MergedAnnotation.VALUE)) {
            if (!binder.bind(name, Bindable.listOf(String.class))
                    .orElse(List.of())
                    .isEmpty()) {
                return ConditionOutcome.noMatch(message.found("property").items(name));
            }
        }
        return ConditionOutcome.match(message.because("no property names a server"));
    }
}

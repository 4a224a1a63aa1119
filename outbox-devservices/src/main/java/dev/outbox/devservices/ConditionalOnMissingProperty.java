package dev.outbox.devservices;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/** Matches if none of the properties has a value; an empty one is none. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(MissingPropertyCondition.class)
@interface ConditionalOnMissingProperty {

    String[] value();
}

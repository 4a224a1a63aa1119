package dev.outbox.internal.domain;

import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;

/** The converters of aggregate ids that a service has declared. */
@FunctionalInterface
interface AggregateIdConverters {

    AggregateIdConverters NONE = type -> null;

    /** {@return the converter from a type to text; null if there is none} */
    @Nullable
    Converter<Object, String> find(Class<?> type);
}

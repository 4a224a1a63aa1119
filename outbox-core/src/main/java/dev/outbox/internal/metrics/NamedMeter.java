package dev.outbox.internal.metrics;

import java.util.List;
import java.util.Locale;

/** A meter as it is registered, and as the documentation describes it. Each module has an enum of its meters. */
public interface NamedMeter {

    /** {@return what is said about it} */
    MeterText text();

    /** {@return its name, in Micrometer's notation} */
    default String meterName() {
        return text().name();
    }

    /** {@return what one of it is, such as {@code seconds}} */
    default String unit() {
        return text().unit();
    }

    /** {@return what it says} */
    default String description() {
        return text().description();
    }

    /** {@return the names of its tags, as the default convention has them} */
    default List<String> tags() {
        return text().tags();
    }

    /** {@return the value of a tag for a constant: {@code NO_TRANSACTION} is {@code no-transaction}} */
    static String tagValue(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

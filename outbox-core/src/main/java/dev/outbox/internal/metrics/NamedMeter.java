package dev.outbox.internal.metrics;

import java.util.List;
import java.util.Locale;

/** A meter as it is registered, and as the documentation describes it. Each module has an enum of its meters. */
public interface NamedMeter {

    /** {@return its name, in Micrometer's notation} */
    String meterName();

    /** {@return what one of it is, such as {@code seconds}} */
    String unit();

    /** {@return what it says} */
    String description();

    /** {@return the names of its tags, as the default convention has them} */
    List<String> tags();

    /** {@return names that are separated by commas} */
    static List<String> split(String names) {
        return names.isEmpty() ? List.of() : List.of(names.split(",", -1));
    }

    /** {@return the value of a tag for a constant: {@code NO_TRANSACTION} is {@code no-transaction}} */
    static String tagValue(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

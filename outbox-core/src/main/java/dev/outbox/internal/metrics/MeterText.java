package dev.outbox.internal.metrics;

import java.util.List;

/**
 * What is said about a meter.
 *
 * @param name in Micrometer's notation
 * @param unit what one of it is, such as {@code seconds}
 * @param description what it says
 * @param tags their names, as the default convention has them
 */
public record MeterText(String name, String unit, String description, List<String> tags) {

    public MeterText {
        tags = List.copyOf(tags);
    }
}

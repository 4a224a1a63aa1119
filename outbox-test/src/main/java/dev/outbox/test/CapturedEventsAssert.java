package dev.outbox.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;

/**
 * Assertions on captured events; a failure shows the events.
 *
 * @since 0.1.0
 */
public final class CapturedEventsAssert extends AbstractAssert<CapturedEventsAssert, List<CapturedEvent>> {

    CapturedEventsAssert(List<CapturedEvent> events) {
        super(events, CapturedEventsAssert.class);
    }

    /** There is at least one event of each of these classes. */
    public CapturedEventsAssert contains(Class<?>... types) {
        List<Class<?>> missing = new ArrayList<>(Arrays.asList(types));
        missing.removeAll(classes());
        if (!missing.isEmpty()) {
            failWithMessage("Expected events of %s, but these were captured:%s", names(missing), shown());
        }
        return this;
    }

    /** There are events of these classes, in this order, and no others. */
    public CapturedEventsAssert containsExactly(Class<?>... types) {
        if (!classes().equals(Arrays.asList(types))) {
            failWithMessage(
                    "Expected exactly events of %s, but these were captured:%s", names(Arrays.asList(types)), shown());
        }
        return this;
    }

    /** There is no event of these classes. */
    public CapturedEventsAssert doesNotContain(Class<?>... types) {
        List<Class<?>> unexpected = new ArrayList<>(Arrays.asList(types));
        unexpected.retainAll(classes());
        if (!unexpected.isEmpty()) {
            failWithMessage("Expected no events of %s, but these were captured:%s", names(unexpected), shown());
        }
        return this;
    }

    /** There is no event at all. */
    public CapturedEventsAssert isEmpty() {
        if (!actual.isEmpty()) {
            failWithMessage("Expected no events, but these were captured:%s", shown());
        }
        return this;
    }

    /**
     * There is one event of this class.
     *
     * @return assertions on that event
     */
    public <T> ObjectAssert<T> hasOne(Class<T> type) {
        List<T> found = actual.stream()
                .map(CapturedEvent::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
        if (found.size() != 1) {
            failWithMessage("Expected one event of %s, but these were captured:%s", type.getSimpleName(), shown());
        }
        return Assertions.assertThat(found.get(0));
    }

    private List<? extends Class<?>> classes() {
        return actual.stream().map(captured -> captured.event().getClass()).toList();
    }

    private static String names(List<Class<?>> types) {
        return types.stream().map(Class::getSimpleName).toList().toString();
    }

    private String shown() {
        StringBuilder shown = new StringBuilder(actual.isEmpty() ? " none" : "");
        actual.forEach(captured -> shown.append("\n  ").append(captured));
        return shown.toString();
    }
}

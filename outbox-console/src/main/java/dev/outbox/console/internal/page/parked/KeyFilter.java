package dev.outbox.console.internal.page.parked;

import dev.outbox.console.internal.page.Fields;
import dev.outbox.relay.parking.ParkedSelection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some of the parked keys, as a form names them: what is left empty is not asked for.
 *
 * @param aggregateType kind of their aggregate
 * @param aggregateId id of their aggregate
 * @param reason a part of the reason
 */
public record KeyFilter(
        @Nullable String aggregateType,
        @Nullable String aggregateId,
        @Nullable String reason) {

    private static final Map<String, String> LABELS =
            Map.of("aggregateType", "aggregate type", "aggregateId", "key", "reason", "with a reason that contains");

    /** Takes empty fields for missing ones. */
    public KeyFilter {
        aggregateType = Fields.text(aggregateType);
        aggregateId = Fields.text(aggregateId);
        reason = Fields.text(reason);
    }

    /** {@return whether it is about all keys} */
    public boolean isEmpty() {
        return aggregateType == null && aggregateId == null && reason == null;
    }

    /** {@return the keys in words} */
    public String words() {
        return isEmpty()
                ? "all parked keys"
                : String.join(
                        ", ",
                        fields().entrySet().stream()
                                .map(field -> "%s %s".formatted(LABELS.get(field.getKey()), field.getValue()))
                                .toList());
    }

    ParkedSelection selection() {
        return new ParkedSelection(aggregateType, aggregateId, reason);
    }

    /** {@return the fields of a form that names the same keys} */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        Fields.put(fields, "aggregateType", aggregateType);
        Fields.put(fields, "aggregateId", aggregateId);
        Fields.put(fields, "reason", reason);
        return fields;
    }
}

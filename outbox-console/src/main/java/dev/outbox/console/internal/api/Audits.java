package dev.outbox.console.internal.api;

import dev.outbox.audit.AuditTrail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The audits that this process can show: that of each outbox; in a service with an inbox and without a relay, that of its own
 * database, under the name of the service. Thread-safe.
 */
public interface Audits {

    /** {@return the names of all of them, of which there is at least one} */
    List<String> names();

    /**
     * {@return one of them}
     *
     * @param name its name; null if there is only one
     * @throws IllegalArgumentException if there are several, and none is named
     * @throws NotFoundException if there is none of this name
     * @throws NotStartedException if its outbox is not relayed yet
     */
    AuditTrail named(@Nullable String name);

    /**
     * {@return the name of the only one, if none is named}
     *
     * @throws IllegalArgumentException if there are several
     */
    static String chosen(@Nullable String name, List<String> names) {
        if (name != null) {
            return name;
        }
        if (names.size() > 1) {
            throw new IllegalArgumentException(
                    "Say which outbox, by the parameter 'outbox': " + String.join(", ", names));
        }
        return names.get(0);
    }
}

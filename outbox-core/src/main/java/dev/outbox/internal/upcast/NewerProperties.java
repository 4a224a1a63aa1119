package dev.outbox.internal.upcast;

import dev.outbox.upcast.NewerPolicy;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Events of a version that is newer than anything the service knows, as they come while a producer is deployed first.
 *
 * @param policy fail: the event fails like any other that cannot be read; park: park it at once; tolerate: read it as the
 *     latest known version
 * @param types the same for single types of events
 */
@ConfigurationProperties("outbox.versions.newer")
public record NewerProperties(
        @DefaultValue("fail") NewerPolicy policy,
        @DefaultValue Map<String, NewerPolicy> types) {

    /** Keeps an unmodifiable copy. */
    public NewerProperties {
        types = Map.copyOf(types);
    }

    public NewerPolicy of(String type) {
        return types.getOrDefault(type, policy);
    }
}

package dev.outbox.internal.personal;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is encrypted besides personal members.
 *
 * @param types types of events whose whole payload is encrypted, each under keys of its own
 */
@ConfigurationProperties("outbox.encryption")
public record EncryptionProperties(@DefaultValue Set<String> types) {

    /** Keeps an unmodifiable copy. */
    public EncryptionProperties {
        types = Set.copyOf(types);
    }
}

package dev.outbox.relay.internal.outboxes;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The outboxes that a sidecar relays.
 *
 * @param outboxes what each of them is, by a name: datasource.*, kafka.* and schema.* are as spring.datasource, spring.kafka
 *     and outbox.schema are for one outbox, everything else is as outbox.relay; what is not said is as for the sidecar
 */
@ConfigurationProperties("outbox.relay")
record OutboxesProperties(@Nullable Map<String, Map<String, Object>> outboxes) {}

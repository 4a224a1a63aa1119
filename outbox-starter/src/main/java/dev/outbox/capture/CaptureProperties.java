package dev.outbox.capture;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the capture of events.
 *
 * @param enabled whether events raised in transactions are written to the outbox
 * @param source CloudEvents source of the events, a URI reference; by default "/" and spring.application.name
 * @param maxPayloadSize largest serialised event; leave room for headers below Kafka's max.request.size and
 *     max.message.bytes
 */
@ConfigurationProperties("outbox.capture")
public record CaptureProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String source,
        @DefaultValue("900KB") DataSize maxPayloadSize) {}

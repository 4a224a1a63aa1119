package dev.outbox.relay.internal.wakeup;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of how the relay is woken by commits in other processes.
 *
 * @param enabled whether the relay listens for notifications of commits, on a connection of its own; a pooler that shares
 *     connections between transactions swallows the notifications
 */
@ConfigurationProperties("outbox.relay.wakeup")
public record WakeupProperties(@DefaultValue("true") boolean enabled) {}

package dev.outbox.relay.internal.outboxes;

import dev.outbox.internal.failure.Causes;
import dev.outbox.internal.loop.BackgroundLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The thread that starts the relay of one outbox, again and again until it succeeds, and that stops it. Until then, and
 * whatever happens to it, the other outboxes have threads of their own.
 */
final class RunningOutbox extends BackgroundLoop {

    private static final Logger log = LoggerFactory.getLogger(RunningOutbox.class);

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<ConfigurableApplicationContext> starter;
    private volatile @Nullable ConfigurableApplicationContext context;
    private volatile String reason = "it is being started";

    RunningOutbox(String name, Supplier<ConfigurableApplicationContext> starter) {
        super("outbox-" + name);
        this.name = name;
        this.starter = starter;
    }

    String name() {
        return name;
    }

    /** {@return its context, once it has started} */
    Optional<ConfigurableApplicationContext> context() {
        return Optional.ofNullable(context);
    }

    /** {@return why it has not started yet} */
    String reason() {
        return reason;
    }

    @Override
    protected Duration pass() {
        context = starter.get();
        log.info("The relay of outbox '{}' has started", name);
        return WITHOUT_LIMIT;
    }

    @Override
    protected Duration failed(Throwable failure, boolean isNew) {
        reason = "it cannot be started: " + Causes.inOneLine(failure);
        if (isNew) {
            log.error("Outbox '{}' cannot be relayed: {}. This is tried again every {}", name, reason, RETRY, failure);
        }
        return RETRY;
    }

    @Override
    protected Duration longestStop() {
        return WITHOUT_LIMIT;
    }

    @Override
    protected void ended() {
        ConfigurableApplicationContext started = context;
        if (started != null) {
            context = null;
            reason = "it has been stopped";
            started.close();
        }
    }
}

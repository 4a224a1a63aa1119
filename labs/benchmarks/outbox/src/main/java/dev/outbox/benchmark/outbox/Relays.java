package dev.outbox.benchmark.outbox;

import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/** The relay of an application, wherever it runs: all that has a life of its own in its package. */
record Relays(List<SmartLifecycle> all) {

    private static final String PACKAGE = "dev.outbox.relay";

    static Relays of(ApplicationContext context) {
        return new Relays(context.getBeansOfType(SmartLifecycle.class).values().stream()
                .filter(bean -> bean.getClass().getName().startsWith(PACKAGE))
                .toList());
    }

    void start() {
        all.forEach(SmartLifecycle::start);
    }

    void stop() {
        all.forEach(SmartLifecycle::stop);
    }
}

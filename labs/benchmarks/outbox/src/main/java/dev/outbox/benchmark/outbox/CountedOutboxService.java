package dev.outbox.benchmark.outbox;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.benchmark.contender.Settings;
import org.springframework.context.ConfigurableApplicationContext;

/** The outbox with accounts whose number of changes is that of their events. */
final class CountedOutboxService extends OutboxService {

    CountedOutboxService(ConfigurableApplicationContext context, Settings settings) {
        super(context, settings);
    }

    @Override
    public void raise(BenchmarkEvent event) {
        raise(event, business().change(event));
    }

    @Override
    public void raise(BenchmarkEvent event, long change) {
        publish(CountedAccountChanged.of(event, change));
    }
}

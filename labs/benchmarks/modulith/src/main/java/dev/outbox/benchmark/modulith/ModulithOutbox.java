package dev.outbox.benchmark.modulith;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.Contender;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.transaction.PlatformTransactionManager;

/** Events go to their listener after the commit; a backlog is resubmitted. */
final class ModulithOutbox implements Contender {

    private final ConfigurableApplicationContext context;
    private final Business business;
    private final ListenerThreads listeners;
    private Thread resubmission = new Thread();

    ModulithOutbox(ConfigurableApplicationContext context) {
        this.context = context;
        this.business =
                Business.of(context.getBean(DataSource.class), context.getBean(PlatformTransactionManager.class));
        this.listeners = context.getBean(ListenerThreads.class);
    }

    @Override
    public Business business() {
        return business;
    }

    @Override
    public void raise(BenchmarkEvent event) {
        context.publishEvent(AccountChanged.of(event));
    }

    @Override
    public void startRelay() {
        listeners.open(true);
        resubmission = new Thread(() ->
                context.getBean(IncompleteEventPublications.class).resubmitIncompletePublications(publication -> true));
        resubmission.start();
    }

    @Override
    public void stopRelay() throws InterruptedException {
        listeners.open(false);
        resubmission.join();
    }

    @Override
    public void clear() {
        business.jdbc().sql("truncate event_publication").update();
    }

    @Override
    public void close() {
        context.close();
    }
}

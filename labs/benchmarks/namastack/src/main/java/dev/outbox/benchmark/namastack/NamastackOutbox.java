package dev.outbox.benchmark.namastack;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.Contender;
import io.namastack.outbox.Outbox;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.PlatformTransactionManager;

/** Its scheduler is what is started and stopped; its instance stays registered with its partitions. */
final class NamastackOutbox implements Contender {

    private static final String PACKAGE = "io.namastack.outbox.OutboxProcessingScheduler";

    private final ConfigurableApplicationContext context;
    private final Business business;
    private final Outbox outbox;
    private final List<SmartLifecycle> schedulers;

    NamastackOutbox(ConfigurableApplicationContext context) {
        this.context = context;
        this.business =
                Business.of(context.getBean(DataSource.class), context.getBean(PlatformTransactionManager.class));
        this.outbox = context.getBean(Outbox.class);
        this.schedulers = context.getBeansOfType(SmartLifecycle.class).values().stream()
                .filter(bean -> bean.getClass().getName().startsWith(PACKAGE))
                .toList();
        stopRelay();
    }

    @Override
    public Business business() {
        return business;
    }

    @Override
    public void raise(BenchmarkEvent event) {
        outbox.schedule(AccountChanged.of(event), event.key());
    }

    @Override
    public void startRelay() {
        schedulers.forEach(SmartLifecycle::start);
    }

    @Override
    public void stopRelay() {
        schedulers.forEach(SmartLifecycle::stop);
    }

    @Override
    public void clear() {
        business.jdbc().sql("truncate outbox_record").update();
    }

    @Override
    public void close() {
        context.close();
    }
}

package dev.outbox.benchmark.jpa;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.Contender;
import dev.outbox.producer.Outbox;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox with its defaults, in a service whose business is Hibernate's. */
final class JpaOutbox implements Contender {

    private static final String RELAY = "dev.outbox.relay";

    private final ConfigurableApplicationContext context;
    private final Business business;
    private final EntityManager entities;
    private final Outbox outbox;
    private final List<SmartLifecycle> relay;

    JpaOutbox(ConfigurableApplicationContext context) {
        this.context = context;
        this.entities =
                SharedEntityManagerCreator.createSharedEntityManager(context.getBean(EntityManagerFactory.class));
        this.business = new Business(
                JdbcClient.create(context.getBean(DataSource.class)),
                new TransactionTemplate(context.getBean(PlatformTransactionManager.class)),
                event -> entities.find(Account.class, event.key()).change());
        this.outbox = context.getBean(Outbox.class);
        this.relay = context.getBeansOfType(SmartLifecycle.class).values().stream()
                .filter(bean -> bean.getClass().getName().startsWith(RELAY))
                .toList();
        stopRelay();
    }

    @Override
    public Business business() {
        return business;
    }

    @Override
    public void raise(BenchmarkEvent event) {
        outbox.publish(AccountChanged.of(event));
    }

    @Override
    public void insertPlainRow(BenchmarkEvent event) {
        entities.persist(OutboxMessage.of(event));
    }

    @Override
    public void startRelay() {
        relay.forEach(SmartLifecycle::start);
    }

    @Override
    public void stopRelay() {
        relay.forEach(SmartLifecycle::stop);
    }

    @Override
    public void clear() {
        business.jdbc().sql("truncate outbox_event, outbox_message").update();
    }

    @Override
    public void close() {
        context.close();
    }
}

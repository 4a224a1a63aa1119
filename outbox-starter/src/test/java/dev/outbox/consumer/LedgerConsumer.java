package dev.outbox.consumer;

import dev.outbox.stock.OrderPlaced;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A service of its own process that keeps a ledger of what it handles. It can be told to hang in the midst of a transaction: it
 * says so, and goes on when it is sent a byte.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
class LedgerConsumer {

    static final String HANGS = "hangs in the midst of its transaction";

    private final JdbcClient jdbc;
    private final String hangAt;
    private final CountDownLatch told = new CountDownLatch(1);

    LedgerConsumer(JdbcClient jdbc, @Value("${ledger.hang-at:}") String hangAt) {
        this.jdbc = jdbc;
        this.hangAt = hangAt;
        if (!hangAt.isEmpty()) {
            Thread parent = new Thread(this::heedParent, "parent-watch");
            parent.setDaemon(true);
            parent.start();
        }
    }

    public static void main(String... arguments) {
        new SpringApplicationBuilder(LedgerConsumer.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
    }

    @DomainEventHandler
    void enter(OrderPlaced order, EventMetadata event) throws InterruptedException {
        jdbc.sql("insert into ledger (aggregate, sequence) values (?, ?)")
                .param(order.orderId())
                .param(event.sequence())
                .update();
        if (hangAt.equals(event.id())) {
            System.out.println(HANGS);
            told.await();
        }
    }

    /** A process whose parent is gone goes too. */
    private void heedParent() {
        try {
            while (System.in.read() >= 0) {
                told.countDown();
            }
        } catch (IOException brokenPipe) {
            // As good as its end.
        }
        Runtime.getRuntime().halt(1);
    }
}

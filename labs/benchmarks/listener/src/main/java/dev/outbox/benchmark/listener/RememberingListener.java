package dev.outbox.benchmark.listener;

import dev.outbox.benchmark.listener.ListenerService.Business;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.annotation.Transactional;

/** One transaction for each record, and an inbox by hand. */
class RememberingListener {

    private static final String TABLE = """
            create table if not exists processed (
                consumer varchar(255) not null,
                event_id varchar(255) not null,
                handled_at timestamptz not null,
                primary key (consumer, event_id))
            """;

    private static final String ENTER = """
            insert into processed (consumer, event_id, handled_at)
            values ('account-service', :id, now())
            on conflict do nothing
            """;

    private final JdbcClient jdbc;
    private final Business business;

    RememberingListener(JdbcClient jdbc, Business business) {
        this.jdbc = jdbc;
        this.business = business;
        jdbc.sql(TABLE).update();
    }

    @Transactional
    @KafkaListener(topics = "${topic}")
    public void on(ConsumerRecord<String, byte[]> each) {
        String id = new String(each.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
        if (jdbc.sql(ENTER).param("id", id).update() == 1) {
            business.handle(each.value());
        }
    }
}

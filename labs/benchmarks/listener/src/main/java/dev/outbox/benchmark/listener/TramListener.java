package dev.outbox.benchmark.listener;

import dev.outbox.benchmark.listener.ListenerService.Business;
import io.eventuate.common.jdbc.EventuateSchema;
import io.eventuate.common.spring.jdbc.EventuateSpringJdbcStatementExecutor;
import io.eventuate.common.spring.jdbc.EventuateSpringTransactionTemplate;
import io.eventuate.tram.consumer.common.DuplicateMessageDetector;
import io.eventuate.tram.consumer.jdbc.SqlTableBasedDuplicateMessageDetector;
import io.eventuate.tram.messaging.common.Message;
import io.eventuate.tram.messaging.common.MessageImpl;
import io.eventuate.tram.messaging.common.SubscriberIdAndMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Eventuate Tram's own detector of duplicates, with its own table, called by a plain listener instead of Tram's consumer. */
class TramListener {

    private static final String TABLE = """
            create schema if not exists eventuate;
            create table if not exists eventuate.received_messages (
                consumer_id varchar(1000),
                message_id varchar(1000),
                creation_time bigint,
                published smallint default 0,
                primary key (consumer_id, message_id))
            """;

    private static final String NOW_IN_MILLIS = "(ROUND(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000))";

    private final DuplicateMessageDetector detector;
    private final Business business;

    TramListener(JdbcTemplate jdbc, TransactionTemplate transactions, Business business) {
        this.detector = new SqlTableBasedDuplicateMessageDetector(
                new EventuateSchema(),
                NOW_IN_MILLIS,
                new EventuateSpringJdbcStatementExecutor(jdbc),
                new EventuateSpringTransactionTemplate(transactions));
        this.business = business;
        jdbc.execute(TABLE);
    }

    @KafkaListener(topics = "${topic}")
    public void on(ConsumerRecord<String, byte[]> each) {
        String id = new String(each.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
        Message message = new MessageImpl("", Map.of(Message.ID, id));
        detector.doWithMessage(
                new SubscriberIdAndMessage("account-service", message), () -> business.handle(each.value()));
    }
}

package dev.outbox.benchmark.outbox;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.benchmark.contender.Business;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a service that is measured writes by hand. */
enum Statements {
    POSTGRESQL {
        @Override
        Business business(DataSource dataSource, PlatformTransactionManager transactions) {
            return Business.of(dataSource, transactions);
        }

        @Override
        String plainTable() {
            return """
                    create table if not exists plain_outbox (
                        id         bigint generated always as identity (cache 1) primary key,
                        event_id   uuid         not null,
                        key        varchar(255) not null,
                        type       varchar(255) not null,
                        created_at timestamptz  not null default now(),
                        payload    bytea        not null
                    )
                    """;
        }

        @Override
        String plainInsert() {
            return "insert into plain_outbox (event_id, key, type, payload) values (:eventId, :key, 'AccountChanged', :payload)";
        }

        @Override
        List<String> clear() {
            return List.of("truncate outbox_event, plain_outbox");
        }
    },

    MARIADB {
        private static final String CHANGE = "update account set changes = changes + 1 where id = :id";
        private static final String CHANGES = "select changes from account where id = :id";

        /** An update returns no rows there. */
        @Override
        Business business(DataSource dataSource, PlatformTransactionManager transactions) {
            JdbcClient jdbc = JdbcClient.create(dataSource);
            return new Business(jdbc, new TransactionTemplate(transactions), event -> change(jdbc, event));
        }

        private static long change(JdbcClient jdbc, BenchmarkEvent event) {
            jdbc.sql(CHANGE).param("id", event.key()).update();
            return jdbc.sql(CHANGES).param("id", event.key()).query(Long.class).single();
        }

        @Override
        String plainTable() {
            return """
                    create table if not exists plain_outbox (
                        id         bigint       not null auto_increment primary key,
                        event_id   char(36)     not null,
                        event_key  varchar(255) not null,
                        type       varchar(255) not null,
                        created_at datetime(6)  not null default current_timestamp(6),
                        payload    longblob     not null
                    )
                    """;
        }

        @Override
        String plainInsert() {
            return "insert into plain_outbox (event_id, event_key, type, payload) values (:eventId, :key, 'AccountChanged', :payload)";
        }

        @Override
        List<String> clear() {
            return List.of("truncate table outbox_event", "truncate table plain_outbox");
        }
    };

    /** All that our own statement writes. */
    static final String INSERT = """
            insert into outbox_event (
                aggregate_seq, id, type, version, aggregatetype, aggregateid, bucket,
                topic, source, created_at, contenttype, headers, payload)
            values (
                :change, :id, 'AccountChanged', 1, 'Account', :key, :bucket,
                :topic, '/by-hand', :now, 'application/json', null, :payload)
            """;

    abstract Business business(DataSource dataSource, PlatformTransactionManager transactions);

    /** {@return a table as that of the hand-written loops} */
    abstract String plainTable();

    abstract String plainInsert();

    /** {@return what removes all events} */
    abstract List<String> clear();
}

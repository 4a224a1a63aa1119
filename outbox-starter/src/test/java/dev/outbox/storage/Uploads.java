package dev.outbox.storage;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.EventMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps a table of the objects in a bucket. */
class Uploads {

    private final JdbcClient jdbc;

    Uploads(JdbcClient jdbc) {
        this.jdbc = jdbc;
        jdbc.sql("create table upload (name text primary key, size bigint, sequencer text collate \"C\")")
                .update();
        jdbc.sql("create table effect (id bigint generated always as identity, what text)")
                .update();
        jdbc.sql("create table forbidden (name text)").update();
    }

    @DomainEventHandler
    void on(ObjectCreated created, EventMetadata event) {
        allow(event.aggregateId());
        note("created %s".formatted(event.aggregateId()));
        enter(event, created.s3().object().size());
    }

    @DomainEventHandler
    void on(ObjectRemoved removed, EventMetadata event) {
        enter(event, null);
    }

    @DomainEventHandler
    void on(ObjectFinalized scan, EventMetadata event) {
        note("scanned %s in %s at %s".formatted(scan.name(), scan.bucket(), event.time()));
    }

    /** Notifications may come in another order than what they tell of. */
    private void enter(EventMetadata event, @Nullable Long size) {
        jdbc.sql("""
                        insert into upload (name, size, sequencer)
                        values (:name, :size, :sequencer)
                        on conflict (name) do update
                        set size = excluded.size, sequencer = excluded.sequencer
                        where upload.sequencer < excluded.sequencer
                        """)
                .param("name", event.aggregateId())
                .param("size", size)
                .param("sequencer", event.headers().get("ce_sequencer"))
                .update();
    }

    private void allow(@Nullable String name) {
        boolean forbidden = jdbc.sql("select exists (select from forbidden where name = ?)")
                .param(name)
                .query(Boolean.class)
                .single();
        if (forbidden) {
            throw new IllegalStateException("%s is not allowed".formatted(name));
        }
    }

    private void note(String effect) {
        jdbc.sql("insert into effect (what) values (?)").param(effect).update();
    }
}

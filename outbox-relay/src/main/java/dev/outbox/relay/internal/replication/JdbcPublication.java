package dev.outbox.relay.internal.replication;

import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.schema.OutboxTables;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The publication in PostgreSQL. */
final class JdbcPublication implements Publication {

    private static final String EXISTS = """
            select exists (
                select 1
                from pg_publication as publication left join pg_publication_rel as published on prpubid = publication.oid
                where pubname = :publication and pubinsert and pubviaroot
                    and (puballtables or prrelid = 'outbox_event'::regclass)
            )
            """;

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;
    private final String name;
    private final String create;
    private final String script;

    JdbcPublication(DataSource dataSource, OutboxTables tables, String name) {
        this.jdbc = tables.client(dataSource);
        this.transaction = BoundedTransaction.postgres(dataSource);
        this.name = name;
        this.create = creating(name);
        this.script = tables.qualify(create);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean exists() {
        return jdbc.sql(EXISTS).param("publication", name).query(Boolean.class).single();
    }

    @Override
    public void create() {
        transaction.single(() -> jdbc.sql(create).update());
    }

    @Override
    public String script() {
        return script;
    }

    /** A name cannot be a parameter. */
    private static String creating(String name) {
        return "create publication \"%s\" for table outbox_event with (publish = 'insert', publish_via_partition_root = true)"
                .formatted(name.replace("\"", "\"\""));
    }
}

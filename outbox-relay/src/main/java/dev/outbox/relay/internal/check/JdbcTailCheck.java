package dev.outbox.relay.internal.check;

import dev.outbox.relay.internal.replication.Publication;
import dev.outbox.schema.OutboxTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks whether the write-ahead log can be tailed. Creates the publication if it is missing. */
final class JdbcTailCheck implements StartCheck {

    private static final int OLDEST_VERSION = 140_000;

    /** Managed services let a role replicate by membership in a role of their own. */
    private static final String SERVER = """
            select
                current_setting('server_version_num')::integer as version,
                current_setting('wal_level') as wal_level,
                current_user as username,
                exists (
                    select 1 from pg_roles
                    where rolname = current_user and (rolreplication or rolsuper)
                        or rolname in ('rds_replication', 'azure_pg_admin', 'cloudsqlsuperuser')
                            and pg_has_role(current_user, oid, 'member')
                ) as may_replicate
            """;

    private record Server(int version, String walLevel, String username, boolean mayReplicate) {}

    private final JdbcClient jdbc;
    private final Publication publication;
    private final boolean createsPublication;

    JdbcTailCheck(DataSource dataSource, OutboxTables tables, Publication publication, boolean createsPublication) {
        this.jdbc = tables.client(dataSource);
        this.publication = publication;
        this.createsPublication = createsPublication;
    }

    @Override
    public List<Finding> findings() {
        Server server = jdbc.sql(SERVER).query(Server.class).single();
        List<Finding> findings = new ArrayList<>();
        if (server.version() < OLDEST_VERSION) {
            findings.add(Finding.fatal(
                    "outbox.relay.engine is tail, which needs PostgreSQL 14 or later.",
                    "Set outbox.relay.engine=poll, or use a later server."));
        }
        if (!"logical".equals(server.walLevel())) {
            findings.add(Finding.fatal(
                    "outbox.relay.engine is tail, but wal_level of the server is %s.".formatted(server.walLevel()),
                    "Run \"alter system set wal_level = 'logical'\" and restart the server; a managed service has a"
                            + " parameter for it. Or set outbox.relay.engine=poll."));
        }
        if (!server.mayReplicate()) {
            findings.add(Finding.fatal(
                    "outbox.relay.engine is tail, but user %s may not replicate.".formatted(server.username()),
                    "Run \"alter role %s replication\"; a managed service has a role for it."
                            .formatted(server.username())));
        }
        if (findings.isEmpty()) {
            missingPublication().ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<Finding> missingPublication() {
        if (publication.exists()) {
            return Optional.empty();
        }
        String problem = "outbox.relay.engine is tail, but no publication sends what is inserted into outbox_event";
        String fix = "As owner of the table, run \"%s\".".formatted(publication.script());
        if (!createsPublication) {
            return Optional.of(Finding.fatal(problem + ".", fix));
        }
        try {
            publication.create();
            return Optional.empty();
        } catch (DataAccessException e) {
            String cause = NestedExceptionUtils.getMostSpecificCause(e).getMessage();
            return publication.exists()
                    ? Optional.empty()
                    : Optional.of(Finding.fatal("%s, and it cannot be created: %s.".formatted(problem, cause), fix));
        }
    }
}

package dev.outbox.eventstore.internal.subject;

import dev.outbox.personal.SubjectForgottenException;
import dev.outbox.personal.SubjectKey;
import dev.outbox.schema.OutboxTables;
import dev.outbox.upcast.UnreadablePayloadException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements on {@code outbox_subject} and {@code outbox_subject_key}. Whoever stores data of a subject shares the lock of its
 * row, so that forgetting waits for the data that it has to cover, and later data finds the subject forgotten.
 */
final class JdbcSubjects implements SubjectRows {

    private static final String CURRENT = """
            select known.forgotten_at is not null as is_forgotten, latest.id, latest.material
            from outbox_subject as known
            left join lateral (
                select id, material
                from outbox_subject_key
                where outbox_subject_key.subject = known.subject
                order by version desc
                limit 1
            ) as latest on true
            where known.subject = :subject
            for share of known
            """;

    private static final String ENTER = """
            insert into outbox_subject (subject)
            values (:subject)
            on conflict (subject) do nothing
            """;

    private static final String ADD_KEY = """
            insert into outbox_subject_key (id, subject, version, material)
            select :id, :subject, coalesce(max(version), 0) + 1, :material
            from outbox_subject_key
            where subject = :subject
            """;

    private static final String LOCK = """
            select forgotten_at is not null as is_forgotten
            from outbox_subject
            where subject = :subject
            for no key update
            """;

    private static final String FIND = """
            select known.forgotten_at is not null as is_forgotten, named.id, named.material
            from outbox_subject as known
            left join outbox_subject_key as named on named.subject = known.subject and named.id = :id
            where known.subject = :subject
            """;

    private static final String IS_FORGOTTEN = """
            select count(*)
            from outbox_subject
            where subject = :subject and forgotten_at is not null
            """;

    private static final String FORGET = """
            insert into outbox_subject as known (subject, forgotten_at)
            values (:subject, clock_timestamp())
            on conflict (subject) do update set forgotten_at = excluded.forgotten_at
            where known.forgotten_at is null
            """;

    private static final String DELETE_KEYS = """
            delete from outbox_subject_key
            where subject = :subject
            """;

    private static final int KEY_BYTES = 32;

    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    JdbcSubjects(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
    }

    @Override
    public void admit(String subject) {
        if (lookedUp(CURRENT, subject).isEmpty()) {
            enter(subject);
            lookedUp(CURRENT, subject);
        }
    }

    @Override
    public SubjectKey current(String subject) {
        Optional<Row> found = lookedUp(CURRENT, subject);
        if (found.isPresent() && found.get().key() != null) {
            return found.get().key();
        }
        enter(subject);
        lock(subject);
        SubjectKey latest = lookedUp(CURRENT, subject).map(Row::key).orElse(null);
        return latest == null ? add(subject) : latest;
    }

    private Optional<Row> lookedUp(String sql, String subject) {
        Optional<Row> found =
                jdbc.sql(sql).param("subject", subject).query(JdbcSubjects::row).optional();
        if (found.isPresent() && found.get().isForgotten()) {
            throw new SubjectForgottenException(subject);
        }
        return found;
    }

    private void enter(String subject) {
        jdbc.sql(ENTER).param("subject", subject).update();
    }

    private void lock(String subject) {
        List<Boolean> forgotten = jdbc.sql(LOCK)
                .param("subject", subject)
                .query((row, rowNumber) -> row.getBoolean(1))
                .list();
        if (forgotten.isEmpty()) {
            throw new IllegalArgumentException("Nothing is known of subject '%s'".formatted(subject));
        }
        if (forgotten.get(0)) {
            throw new SubjectForgottenException(subject);
        }
    }

    private SubjectKey add(String subject) {
        UUID id = UUID.randomUUID();
        byte[] material = new byte[KEY_BYTES];
        random.nextBytes(material);
        jdbc.sql(ADD_KEY)
                .param("id", id)
                .param("subject", subject)
                .param("material", material)
                .update();
        return SubjectKey.of(id.toString(), material);
    }

    @Override
    public void addKey(String subject) {
        lock(subject);
        add(subject);
    }

    @Override
    public Optional<SubjectKey> find(String subject, String id) {
        Row found = jdbc.sql(FIND)
                .param("subject", subject)
                .param("id", UUID.fromString(id))
                .query(JdbcSubjects::row)
                .optional()
                .orElse(Row.UNKNOWN);
        if (found.key() == null && !found.isForgotten()) {
            throw new UnreadablePayloadException(
                    "Key %s of a subject is missing in outbox_subject_key, although the subject was not forgotten. Restore it: without it, what it has encrypted cannot be read."
                            .formatted(id));
        }
        return Optional.ofNullable(found.isForgotten() ? null : found.key());
    }

    @Override
    public boolean isForgotten(String subject) {
        return jdbc.sql(IS_FORGOTTEN)
                        .param("subject", subject)
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Override
    public void markForgotten(String subject) {
        jdbc.sql(FORGET).param("subject", subject).update();
    }

    @Override
    public void deleteKeys(String subject) {
        jdbc.sql(DELETE_KEYS).param("subject", subject).update();
    }

    private static Row row(ResultSet row, int rowNumber) throws SQLException {
        String id = row.getString("id");
        return new Row(row.getBoolean("is_forgotten"), id == null ? null : SubjectKey.of(id, row.getBytes("material")));
    }

    /** A subject, with the key that was asked for if it has it. */
    private record Row(boolean isForgotten, @Nullable SubjectKey key) {

        private static final Row UNKNOWN = new Row(false, null);
    }
}

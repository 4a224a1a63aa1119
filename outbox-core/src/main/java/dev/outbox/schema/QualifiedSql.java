package dev.outbox.schema;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds the name of one schema to our tables, sequences and functions in a statement. */
final class QualifiedSql {

    /** Each table, partition, sequence and function of the DDL. */
    private static final Pattern NAMES = Pattern.compile("(?<![\\w.\"])(?:"
            + "outbox_event(?:_seq|_stored|_unpublished|_\\d+)?|outbox_key(?:_lock)?|outbox_lane|outbox_relay|outbox_parked"
            + "|outbox_shedlock|outbox_history|outbox_snapshot|outbox_subject(?:_key)?|outbox_projection(?:_[a-z]+)*"
            + "|outbox_audit|outbox_import(?:_row)?|inbox_event|inbox_parked|inbox_sequence(?:_run)?"
            + ")(?!\\w)");

    /** No character that would have to be escaped in a quoted name, or in a quoted name within a string. */
    private static final Pattern SCHEMA = Pattern.compile("[\\p{L}\\p{N}_$.-]{1,63}");

    private final String schema;
    private final String replacement;
    private final Map<String, String> statements = new ConcurrentHashMap<>();

    QualifiedSql(String schema) {
        if (!SCHEMA.matcher(schema).matches()) {
            throw new InvalidSchemaNameException(schema);
        }
        this.schema = schema;
        this.replacement = Matcher.quoteReplacement("\"" + schema + "\".") + "$0";
    }

    String schema() {
        return schema;
    }

    String of(String sql) {
        String known = statements.get(sql);
        return known != null ? known : statements.computeIfAbsent(sql, this::qualify);
    }

    private String qualify(String sql) {
        return NAMES.matcher(sql).replaceAll(replacement);
    }
}

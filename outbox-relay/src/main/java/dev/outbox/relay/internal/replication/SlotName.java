package dev.outbox.relay.internal.replication;

import dev.outbox.schema.OutboxTables;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a replication slot is called. It belongs to a database, but its name is unique on the whole server.
 *
 * @param given the name that was configured, or null
 * @param prefix what the name begins with otherwise; the names of the database and of the schema follow
 */
public record SlotName(@Nullable String given, String prefix) {

    private static final int MAX_LENGTH = 63;

    /** {@return the name, for the tables of a database} */
    public String in(Supplier<String> database, OutboxTables tables) {
        if (given != null) {
            return given;
        }
        String schema = tables.schema().map(name -> "_" + name).orElse("");
        String legal = (prefix + "_" + database.get() + schema)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_]", "_");
        return legal.length() <= MAX_LENGTH ? legal : legal.substring(0, MAX_LENGTH);
    }

    /**
     * {@return the name, if it is one that PostgreSQL accepts, or null if there is none}
     *
     * @param property where it was configured
     * @throws IllegalArgumentException if PostgreSQL does not accept it
     */
    public static @Nullable String legal(String property, @Nullable String name) {
        if (name != null && !name.matches("[a-z0-9_]{1,63}")) {
            throw new IllegalArgumentException(
                    "%s is '%s'; a slot's name consists of up to 63 lower-case letters, digits and '_'"
                            .formatted(property, name));
        }
        return name;
    }
}

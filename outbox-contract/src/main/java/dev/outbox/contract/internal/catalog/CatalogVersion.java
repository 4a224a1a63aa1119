package dev.outbox.contract.internal.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A released version of an event.
 *
 * @param version counted from 1
 * @param since when it entered the catalog, a date, unless a person has written something else
 * @param deprecated why it should no longer be used; null while it may be used
 * @param schema shape of the payload, JSON Schema 2020-12; must not be changed
 * @param format the format with its own schema in which the version is published, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CatalogVersion(
        int version,
        String since,
        @Nullable String deprecated,
        ObjectNode schema,
        @Nullable CatalogFormat format) {

    /** A version that is published as JSON. */
    public CatalogVersion(int version, String since, @Nullable String deprecated, ObjectNode schema) {
        this(version, since, deprecated, schema, null);
    }
}

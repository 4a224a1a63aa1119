package dev.outbox.contract.internal.catalog;

import tools.jackson.databind.node.ObjectNode;

/**
 * How a version is written, if it is not written as JSON.
 *
 * @param contentType content type of the payload, such as {@code application/avro}
 * @param schema the schema that the format has for it; must not be changed
 */
public record CatalogFormat(String contentType, ObjectNode schema) {}

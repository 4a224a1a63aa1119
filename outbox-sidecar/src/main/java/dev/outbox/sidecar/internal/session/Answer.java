package dev.outbox.sidecar.internal.session;

import tools.jackson.databind.JsonNode;

/** What the API has answered, as text and as a tree. */
public record Answer(String body, JsonNode json) {

    /** {@return a text; empty if it is null or missing} */
    public static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNull() ? "" : value.asString("");
    }

    public String text(String field) {
        return text(json, field);
    }

    public long number(String field) {
        return json.path(field).asLong(0);
    }
}

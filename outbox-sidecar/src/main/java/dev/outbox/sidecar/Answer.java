package dev.outbox.sidecar;

import tools.jackson.databind.JsonNode;

/** What the API has answered, as text and as a tree. */
record Answer(String body, JsonNode json) {

    /** {@return a text; empty if it is null or missing} */
    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNull() ? "" : value.asString("");
    }

    String text(String field) {
        return text(json, field);
    }

    long number(String field) {
        return json.path(field).asLong(0);
    }
}

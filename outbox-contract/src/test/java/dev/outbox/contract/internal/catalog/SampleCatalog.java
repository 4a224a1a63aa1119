package dev.outbox.contract.internal.catalog;

import dev.outbox.contract.Compatibility;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A catalog with a bit of everything. */
final class SampleCatalog {

    static final EventSamples SAMPLES = new EventSamples(Map.of("OrderPlaced.v1.json", """
            {"orderId": "0b5e2c7e-3f7a-4c1d-9a53-0d8f6f1f2b11", "note": "<b>fragile</b>"}
            """));

    private SampleCatalog() {}

    static EventCatalog catalog() {
        CatalogVersion first = new CatalogVersion(1, "2026-01-01", "use version 2", schema("""
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
                 "properties": {"orderId": {"type": "string", "format": "uuid"}, "note": {"type": ["string", "null"]}},
                 "required": ["orderId"]}
                """));
        CatalogVersion second = new CatalogVersion(2, "2026-02-01", null, schema("""
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
                 "$defs": {"Money": {"type": "object", "properties": {"amount": {"type": "number"}}}},
                 "properties": {"orderId": {"type": "string", "format": "uuid"},
                                "net": {"$ref": "#/$defs/Money"}, "gross": {"$ref": "#/$defs/Money"}},
                 "required": ["orderId", "net", "gross"]}
                """));
        CatalogEvent placed = new CatalogEvent(
                "OrderPlaced",
                "Order",
                "outbox.event.Order",
                "An order has come in & waits for stock.",
                "team orders",
                "order-service",
                List.of("inventory-service"),
                Compatibility.FULL,
                null,
                List.of(first, second));
        CatalogEvent reserved = new CatalogEvent(
                "StockReserved",
                "Reservation",
                "outbox.event.Reservation",
                null,
                "order-service",
                null,
                List.of("order-service"),
                Compatibility.NONE,
                null,
                List.of(new CatalogVersion(
                        1,
                        "2026-01-01",
                        null,
                        schema("{\"type\": \"object\"}"),
                        new CatalogFormat(
                                "application/avro",
                                schema("{\"type\": \"record\", \"name\": \"StockReserved\", \"fields\": []}")))));
        CatalogEvent retired = new CatalogEvent(
                "OrderArchived",
                "Order",
                "outbox.event.Order",
                null,
                "order-service",
                "order-service",
                List.of(),
                Compatibility.FULL,
                "2026-03-01, nobody asked for it",
                List.of(new CatalogVersion(1, "2026-01-01", null, schema("{\"type\": \"object\"}"))));
        return new EventCatalog("order-service", List.of(retired, placed, reserved));
    }

    private static ObjectNode schema(String json) {
        return JsonMapper.shared().readValue(json, ObjectNode.class);
    }
}

package dev.outbox.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * The catalog of a running service, for people and for tools: {@code /actuator/outboxevents} is the catalog,
 * {@code /actuator/outboxevents/page} a page, {@code /actuator/outboxevents/asyncapi} an AsyncAPI document. Without a
 * catalog on the class path there is nothing to show. Thread-safe.
 */
@WebEndpoint(id = "outboxevents")
public final class EventsEndpoint {

    private static final MimeType HTML = new MimeType("text", "html", StandardCharsets.UTF_8);

    private final CatalogResources resources;

    EventsEndpoint(CatalogResources resources) {
        this.resources = resources;
    }

    /** {@return the file as it was delivered} */
    @ReadOperation
    public WebEndpointResponse<String> catalog() {
        return response(resources.catalog().map(EventCatalog::toJson), MimeTypeUtils.APPLICATION_JSON);
    }

    /**
     * {@return the catalog in another form}
     *
     * @param form {@code page} or {@code asyncapi}
     */
    @ReadOperation
    public WebEndpointResponse<String> form(@Selector String form) {
        Optional<EventCatalog> catalog = resources.catalog();
        return switch (form) {
            case "page" -> response(catalog.map(events -> CatalogPage.of(events, resources.samples(events))), HTML);
            case "asyncapi" ->
                response(
                        catalog.map(events ->
                                AsyncApi.of(events, resources.samples(events)).toPrettyString()),
                        MimeTypeUtils.APPLICATION_JSON);
            default -> response(Optional.empty(), MimeTypeUtils.APPLICATION_JSON);
        };
    }

    private static WebEndpointResponse<String> response(Optional<String> body, MimeType type) {
        return body.map(text -> new WebEndpointResponse<>(text, type))
                .orElseGet(() -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND));
    }
}

package dev.outbox.contract.internal.catalog;

import java.util.Optional;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * The catalog of a running service, for tools: {@code /actuator/outboxevents} is the catalog,
 * {@code /actuator/outboxevents/asyncapi} an AsyncAPI document. For people, the console has a page. Without a catalog
 * on the class path it says how to create one. Thread-safe.
 */
@WebEndpoint(id = "outboxevents")
public final class EventsEndpoint {

    private static final String MISSING =
            ("There is no catalog of events: %s%s is not on the class path. A test with outbox-test writes it to"
                            + " src/main/resources: ./mvnw test -Doutbox.catalog=accept. Commit it and deliver it with the service.")
                    .formatted(EventCatalog.FOLDER, EventCatalog.FILE);

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
     * @param form {@code asyncapi}
     */
    @ReadOperation
    public WebEndpointResponse<String> form(@Selector String form) {
        Optional<EventCatalog> catalog = resources.catalog();
        return switch (form) {
            case "asyncapi" ->
                response(
                        catalog.map(events ->
                                AsyncApi.of(events, resources.samples(events)).toPrettyString()),
                        MimeTypeUtils.APPLICATION_JSON);
            default -> notFound("The catalog has no form '%s'; it has asyncapi.".formatted(form));
        };
    }

    private static WebEndpointResponse<String> response(Optional<String> body, MimeType type) {
        return body.map(text -> new WebEndpointResponse<>(text, type)).orElseGet(() -> notFound(MISSING));
    }

    private static WebEndpointResponse<String> notFound(String why) {
        return new WebEndpointResponse<>(why, WebEndpointResponse.STATUS_NOT_FOUND, MimeTypeUtils.TEXT_PLAIN);
    }
}

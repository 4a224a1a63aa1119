package dev.outbox.console.internal.api;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The description of this API, for those who generate a client from it. */
@RestController
class OpenApiController {

    private final Resource document = new ClassPathResource("outbox-console.json", OpenApiController.class);

    @GetMapping(path = "/outbox/api/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Resource document() {
        return document;
    }
}

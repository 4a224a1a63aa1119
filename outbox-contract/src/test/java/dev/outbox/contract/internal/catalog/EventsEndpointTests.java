package dev.outbox.contract.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.FileUrlResource;
import org.springframework.core.io.Resource;

class EventsEndpointTests {

    private final ApplicationContextRunner contexts =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(CatalogAutoConfiguration.class));

    @TempDir
    private Path classPath;

    @Test
    void theEndpointIsThereWhereItIsExposed() {
        contexts.withPropertyValues("management.endpoints.web.exposure.include=outboxevents")
                .run(context -> assertThat(context).hasSingleBean(EventsEndpoint.class));
        contexts.run(context -> assertThat(context).doesNotHaveBean(EventsEndpoint.class));
    }

    @Test
    void theCatalogIsShownInTwoForms() throws Exception {
        Path samples = Files.createDirectories(classPath.resolve("META-INF/outbox/samples"));
        Files.writeString(
                classPath.resolve("META-INF/outbox/outbox-catalog.json"),
                SampleCatalog.catalog().toJson());
        Files.writeString(
                samples.resolve("OrderPlaced.v2.json"), "{\"orderId\": \"from the sample\", \"total\": 0.10}");
        EventsEndpoint endpoint = endpoint();
        assertThat(endpoint.catalog().getBody())
                .isEqualTo(SampleCatalog.catalog().toJson());
        assertThat(endpoint.form("asyncapi").getBody())
                .contains("\"asyncapi\" : \"3.0.0\"", "from the sample", ": 0.10");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(endpoint().catalog().getStatus()).isEqualTo(404);
        assertThat(endpoint().catalog().getBody())
                .contains("META-INF/outbox/outbox-catalog.json is not on the class path", "-Doutbox.catalog=accept");
        assertThat(endpoint().form("asyncapi").getStatus()).isEqualTo(404);
        Files.createDirectories(classPath.resolve("META-INF/outbox"));
        Files.writeString(
                classPath.resolve("META-INF/outbox/outbox-catalog.json"),
                SampleCatalog.catalog().toJson());
        assertThat(endpoint().form("pdf").getStatus()).isEqualTo(404);
        assertThat(endpoint().form("pdf").getBody()).contains("no form 'pdf'", "it has asyncapi");
    }

    private EventsEndpoint endpoint() {
        return new EventsEndpoint(new CatalogResources(new DefaultResourceLoader() {
            @Override
            public Resource getResource(String location) {
                try {
                    return new FileUrlResource(classPath
                            .resolve(location.substring("classpath:".length()))
                            .toString());
                } catch (MalformedURLException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }));
    }
}

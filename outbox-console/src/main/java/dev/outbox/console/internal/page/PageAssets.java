package dev.outbox.console.internal.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The style sheet, the icon and htmx, which come from this process and from nowhere else. */
class PageAssets implements WebMvcConfigurer {

    private static final String HTMX = "classpath*:META-INF/resources/webjars/htmx.org/2.*/dist/htmx.min.js";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/outbox/assets/**")
                .addResourceLocations("classpath:/dev/outbox/console/assets/")
                .addResourceLocations(folderOfHtmx())
                // A browser asks whether they are still the same, so that an upgrade is seen at once.
                .setCacheControl(CacheControl.noCache());
    }

    private static Resource folderOfHtmx() {
        try {
            Resource[] found =
                    new PathMatchingResourcePatternResolver(PageAssets.class.getClassLoader()).getResources(HTMX);
            return Arrays.stream(found)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "The class path has no htmx 2. Add org.webjars.npm:htmx.org, which outbox-console brings."))
                    .createRelative("./");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

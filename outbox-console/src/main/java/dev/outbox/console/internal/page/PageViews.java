package dev.outbox.console.internal.page;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The templates of the console, with an engine of their own: the one of a service may be set up in another way. */
public final class PageViews {

    private static final String FOLDER = "outbox/console/";

    private PageViews() {}

    /** {@return the name of a page as a view} */
    public static String name(String page) {
        return FOLDER + page;
    }

    /** {@return a view that sends the browser on to another page of the same outbox} */
    public static View redirect(PageFrame frame, String path, Object... pathVariables) {
        return redirect(UriComponentsBuilder.fromPath(path)
                .queryParam("outbox", "{outbox}")
                .encode()
                .buildAndExpand(with(pathVariables, frame.outbox())));
    }

    /** {@return the same, with parameters} */
    public static View redirect(PageFrame frame, String path, Map<String, String> parameters) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        parameters.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        Map<String, String> values = new HashMap<>(parameters);
        values.put("outbox", frame.outbox());
        return redirect(address.queryParam("outbox", "{outbox}").encode().buildAndExpand(values));
    }

    private static View redirect(UriComponents address) {
        RedirectView view = new RedirectView(address.toUriString(), true);
        view.setExpandUriTemplateVariables(false);
        view.setExposeModelAttributes(false);
        return view;
    }

    private static Object[] with(Object[] variables, String last) {
        Object[] all = Arrays.copyOf(variables, variables.length + 1);
        all[variables.length] = last;
        return all;
    }

    /** Only for the views that are named as here, so that those of a service do not come into its way. */
    static ThymeleafViewResolver resolver(ClassLoader loader) {
        ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver(loader);
        templates.setPrefix("templates/");
        templates.setSuffix(".html");
        templates.setTemplateMode(TemplateMode.HTML);
        templates.setCharacterEncoding(StandardCharsets.UTF_8.name());
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        ThymeleafViewResolver views = new ThymeleafViewResolver();
        views.setTemplateEngine(engine);
        views.setViewNames(new String[] {FOLDER + "*"});
        views.setAlwaysProcessRedirectAndForward(false);
        views.setCharacterEncoding(StandardCharsets.UTF_8.name());
        views.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return views;
    }
}

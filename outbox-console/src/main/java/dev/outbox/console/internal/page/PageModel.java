package dev.outbox.console.internal.page;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives each page its frame. */
@ControllerAdvice(basePackageClasses = PageModel.class)
public final class PageModel {

    /** The name of the frame in the model of each page. */
    public static final String FRAME = "frame";

    private final PageFrames frames;

    PageModel(PageFrames frames) {
        this.frames = frames;
    }

    @ModelAttribute(FRAME)
    PageFrame frame(HttpServletRequest request) {
        return frames.of(request);
    }
}

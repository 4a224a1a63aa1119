package dev.outbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every link from a page into the project leads to a file. */
class LinkTests {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|mailto:|#)([^)#\\s]+)(#[^)]*)?\\)");

    @Test
    void linksLeadSomewhere() {
        List<String> broken = new ArrayList<>();
        for (Path page : Documentation.pages()) {
            Matcher links = LINK.matcher(Documentation.read(page));
            while (links.find()) {
                if (!Files.exists(page.resolveSibling(links.group(1)))) {
                    broken.add(page.getFileName() + " -> " + links.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(Documentation.pages()).hasSizeGreaterThan(5);
    }
}

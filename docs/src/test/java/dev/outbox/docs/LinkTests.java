package dev.outbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every link from a page into the project leads to a file, and to a heading of it if it names one. */
class LinkTests {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|mailto:)([^)#\\s]*)#?([^)\\s]*)\\)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    @Test
    void linksLeadSomewhere() {
        List<String> broken = new ArrayList<>();
        for (Path page : Documentation.pages()) {
            LINK.matcher(Documentation.read(page))
                    .results()
                    .filter(link -> !leadsSomewhere(page, link.group(1), link.group(2)))
                    .map(MatchResult::group)
                    .forEach(link -> broken.add(page.getFileName() + " -> " + link));
        }
        assertThat(broken).isEmpty();
        assertThat(Documentation.pages()).hasSizeGreaterThan(5);
    }

    private static boolean leadsSomewhere(Path page, String file, String heading) {
        Path target = file.isEmpty() ? page : page.resolveSibling(file);
        return Files.exists(target) && (heading.isEmpty() || headings(target).contains(heading));
    }

    /** As they are addressed where Markdown is shown: in lower case, without punctuation, with hyphens for spaces. */
    private static List<String> headings(Path page) {
        return HEADING.matcher(Documentation.read(page))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .toList();
    }
}

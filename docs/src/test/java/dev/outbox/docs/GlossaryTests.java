package dev.outbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The glossary has each word once, in alphabetical order, and each entry leads to the page that explains it. */
class GlossaryTests {

    private static final Pattern ENTRY = Pattern.compile("(?m)^- \\*\\*(.+?)\\*\\*: (.+(?:\\n  .+)*)$");

    private final List<MatchResult> entries =
            ENTRY.matcher(Documentation.read("docs/glossary.md")).results().toList();

    @Test
    void eachWordStandsThereOnceInItsPlace() {
        List<String> words = entries.stream().map(entry -> entry.group(1)).toList();
        assertThat(words).isNotEmpty().doesNotHaveDuplicates().isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
    }

    @Test
    void eachEntryLeadsToItsPage() {
        assertThat(entries)
                .allSatisfy(
                        entry -> assertThat(entry.group(2)).as(entry.group(1)).contains("]("));
    }
}

package dev.outbox.consumer.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ParkedTextTests {

    @Test
    void whatFitsStaysAsItIs() {
        String fits = "k".repeat(255);
        assertThat(ParkedText.of(fits)).isSameAs(fits);
    }

    @Test
    void whatIsLongerKeepsItsBeginningAndStaysDifferentFromOthers() {
        String one = "k".repeat(255) + "1";
        assertThat(ParkedText.of(one)).startsWith("kkk").hasSizeLessThanOrEqualTo(255);
        assertThat(ParkedText.of(one)).isEqualTo(ParkedText.of(one)).isNotEqualTo(ParkedText.of("k".repeat(255) + "2"));
        assertThat(ParkedText.of(ParkedText.of(one))).isEqualTo(ParkedText.of(one));
    }

    @Test
    void noCharacterIsCutInTwo() {
        String shortened = ParkedText.of("k".repeat(179) + "\uD83C\uDF75".repeat(100));
        assertThat(new String(shortened.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(shortened);
    }

    @Test
    void aNulIsReplaced() {
        String kept = ParkedText.of("a\0b");
        assertThat(kept).startsWith("a\uFFFDb").hasSizeLessThanOrEqualTo(255);
        assertThat(ParkedText.of(kept)).isEqualTo(kept);
        assertThat(ParkedText.of("k".repeat(255) + "\0")).hasSizeLessThanOrEqualTo(255);
    }

    @Test
    void aNulAndACharacterThatStandsForItStayDifferent() {
        assertThat(ParkedText.of("a\0b")).isNotEqualTo(ParkedText.of("a\uFFFDb"));
        assertThat(ParkedText.of("a\0\uFFFD")).isNotEqualTo(ParkedText.of("a\uFFFD\0"));
        assertThat(ParkedText.of("a\uFFFDb")).isEqualTo("a\uFFFDb");
    }
}

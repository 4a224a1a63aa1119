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
        assertThat(ParkedText.of("a\0b")).isEqualTo("a\uFFFDb");
    }
}

package dev.outbox.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

class OptionsTests {

    @Test
    void withoutOptionsTwentyOrdersArePlacedAndAllKeepsRunning() {
        Options options = options();

        assertThat(options.orders()).isEqualTo(20);
        assertThat(options.exit()).isFalse();
        assertThat(options.home()).hasFileName("home").isAbsolute();
        assertThat(options.work()).hasFileName("work").isAbsolute();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--orders 200 --exit", "--exit --orders=200"})
    void optionsHaveTheirValueBehindABlankOrAnEqualsSign(String arguments) {
        Options options = options(arguments.split(" ", -1));

        assertThat(options.orders()).isEqualTo(200);
        assertThat(options.exit()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "100001", "1e3", ""})
    void anImpossibleNumberOfOrdersIsRefusedWithThePossibleOnes(String orders) {
        assertThatThrownBy(() -> options("--orders=" + orders))
                .isInstanceOf(ParameterException.class)
                .hasMessage(
                        "Invalid value for option '--orders': must be a number from 1 to 100000, not '" + orders + "'");
    }

    @Test
    void anUnknownOptionIsRefusedWithOneThatWasMeantPerhaps() {
        assertThatThrownBy(() -> options("--order=5"))
                .isInstanceOfSatisfying(
                        UnmatchedArgumentException.class,
                        refused -> assertThat(refused.getSuggestions()).contains("--orders"))
                .hasMessage("Unknown option: '--order=5'");
    }

    @Test
    void helpSaysWhatTheUserCanWriteAndNothingElse() {
        assertThat(new CommandLine(new Options()).getUsageMessage())
                .startsWith("Usage: ./demo [-h] [--orders=N] [--exit]")
                .contains("(default: 20)");
    }

    private static Options options(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "home";
        all[1] = "work";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandLine.populateCommand(new Options(), all);
    }
}

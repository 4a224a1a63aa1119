package dev.outbox.sidecar.internal.session;

import dev.outbox.sidecar.internal.terminal.CommandFailure;
import dev.outbox.sidecar.internal.terminal.Terminal;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many events or lanes the person has seen and agrees to. */
public final class Consent {

    @Option(
            names = "--seen",
            paramLabel = "N",
            description = "How many you have seen; with any other number, nothing changes. Does not ask.")
    private @Nullable Long seen;

    @Option(names = "--yes", description = "For scripts: agree to the number that is found. Does not ask.")
    private boolean yes;

    /** {@return the number that was said beforehand; null if there was none} */
    public @Nullable Long seen() {
        return seen;
    }

    /**
     * {@return the number that was seen}
     *
     * @param found reads how many there are
     * @param question says what would happen to them
     * @throws CommandFailure if the person does not agree, or there is nobody to ask
     */
    public long to(Terminal terminal, LongSupplier found, LongFunction<String> question) {
        if (seen != null) {
            return seen;
        }
        long number = found.getAsLong();
        if (!yes && number > 0) {
            terminal.confirm(question.apply(number), "--seen %d, or --yes".formatted(number));
        }
        return number;
    }
}

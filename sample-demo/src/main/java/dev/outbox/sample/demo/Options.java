package dev.outbox.sample.demo;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The command line of the {@code demo} script, which puts two directories before what the user has written. */
@Command(
        name = "./demo",
        sortOptions = false,
        sortSynopsis = false,
        usageHelpAutoWidth = true,
        description = {
            "Builds what has changed, starts PostgreSQL, Kafka, the two sample services and a relay, places orders over"
                    + " HTTP, and shows station by station what became of them.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all numbers are right", "1:something is wrong", "2:wrong usage"})
final class Options implements Callable<Integer> {

    @Parameters(index = "0", hidden = true)
    private Path home = Path.of("");

    @Parameters(index = "1", hidden = true)
    private Path work = Path.of("");

    @Option(
            names = "--orders",
            paramLabel = "N",
            converter = Orders.class,
            description = "How many orders to place, 1 to 100000 (default: ${DEFAULT-VALUE}).")
    private int orders = 20;

    @Option(
            names = "--exit",
            description = "End when all is counted, with the result as the last line;"
                    + " otherwise everything keeps running until Ctrl-C.")
    private boolean exit;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    boolean help;

    /** {@return how many orders to place} */
    int orders() {
        return orders;
    }

    /** {@return whether to end by itself} */
    boolean exit() {
        return exit;
    }

    /** {@return root of the project, under which the built applications lie} */
    Path home() {
        return home.toAbsolutePath();
    }

    /** {@return directory for data and logs; removed at the end} */
    Path work() {
        return work.toAbsolutePath();
    }

    @Override
    public Integer call() throws InterruptedException {
        return Demo.run(this);
    }

    /** A number of orders. */
    static final class Orders implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String value) {
            if (!value.matches("[1-9]\\d{0,4}|100000")) {
                throw new TypeConversionException("must be a number from 1 to 100000, not '" + value + "'");
            }
            return Integer.valueOf(value);
        }
    }
}

package dev.outbox.benchmark;

import dev.outbox.benchmark.Servers.Product;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The command line of {@code labs/benchmarks/run}, which puts two directories before what the user has written. */
@Command(
        name = "labs/benchmarks/run",
        sortOptions = false,
        sortSynopsis = false,
        usageHelpAutoWidth = true,
        description = {
            "Measures the outbox next to its peers and the physical limit, in one run on the same servers.",
            "Writes results.csv, rounds.csv, results.md and plots to the directory target next to this script.",
            ""
        })
final class Options implements Callable<Integer> {

    private static final int QUICK_ROUNDS = 3;
    private static final int ROUNDS = 5;

    @Parameters(index = "0", hidden = true)
    private Path benchmarks = Path.of("");

    @Parameters(index = "1", hidden = true)
    private Path work = Path.of("");

    @Parameters(
            index = "2..*",
            paramLabel = "scenario",
            completionCandidates = Scenarios.Names.class,
            description = "What to measure (default: all): ${COMPLETION-CANDIDATES}; eventstore for all of its own.")
    private Set<String> scenarios = new LinkedHashSet<>();

    @Option(names = "--quick", description = "Small backlogs and short slices.")
    private boolean quick;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            converter = Count.class,
            description =
                    "How often everything is measured (default: " + ROUNDS + ", with --quick " + QUICK_ROUNDS + ").")
    private @Nullable Integer rounds;

    @Option(
            names = "--growth-to",
            paramLabel = "N",
            converter = Count.class,
            description = "The largest backlog of the growth scenario (default: ${DEFAULT-VALUE});"
                    + " 10000000 needs 12 GB of disk.")
    private int growthTo = 1_000_000;

    @Option(
            names = "--contenders",
            paramLabel = "a,b",
            hideParamSyntax = true,
            split = ",",
            converter = Contender.class,
            description = "Who takes part (default: all): ${COMPLETION-CANDIDATES}.")
    private Set<Entry> contenders = EnumSet.allOf(Entry.class);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    boolean help;

    boolean quick() {
        return quick;
    }

    int rounds() {
        return rounds != null ? rounds : quick ? QUICK_ROUNDS : ROUNDS;
    }

    Set<Entry> contenders() {
        return contenders;
    }

    /**
     * {@return what to measure}
     *
     * @throws IllegalArgumentException if a scenario is asked for that there is not, or that no contender takes part in
     */
    List<Scenario> scenarios() {
        return new Scenarios(quick, growthTo).chosen(scenarios, contenders);
    }

    @Override
    public Integer call() throws Exception {
        List<Scenario> chosen;
        try {
            chosen = scenarios();
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(new CommandLine(this), refused.getMessage(), refused);
        }
        Set<Product> products = contenders.stream()
                .filter(entry -> chosen.stream().anyMatch(scenario -> scenario.suits(entry)))
                .map(Entry::product)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Product.class)));
        try (Servers servers = Servers.start(work, products)) {
            new Benchmark(this, chosen, benchmarks.toAbsolutePath()).run(servers);
        }
        return 0;
    }

    /** One who takes part, by name. */
    static final class Contender implements ITypeConverter<Entry> {

        @Override
        public Entry convert(String name) {
            return Arrays.stream(Entry.values())
                    .filter(entry -> entry.id().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "No contender '%s' among %s".formatted(name, List.of(Entry.values()))));
        }
    }

    /** How many, at least one. */
    static final class Count implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String value) {
            if (!value.matches("[1-9]\\d{0,8}")) {
                throw new TypeConversionException("must be a whole number from 1 on, not '" + value + "'");
            }
            return Integer.valueOf(value);
        }
    }
}

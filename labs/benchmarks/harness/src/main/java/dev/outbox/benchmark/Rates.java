package dev.outbox.benchmark;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The rates of slices that alternate, by the name of what was measured. */
final class Rates {

    private Rates() {}

    /** {@return the rates in an answer} */
    static Map<String, List<Double>> of(String answer) {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        for (String kind : answer.split(" ", -1)) {
            String[] nameAndRates = kind.split(":", -1);
            rates.put(
                    nameAndRates[0],
                    Arrays.stream(nameAndRates[1].split(",", -1))
                            .map(Double::valueOf)
                            .toList());
        }
        return rates;
    }

    /** {@return the median of the ratios, slice by slice, because neighbours ran under the same conditions} */
    static double ratio(List<Double> some, List<Double> others) {
        return Results.median(IntStream.range(0, some.size())
                .mapToObj(i -> some.get(i) / others.get(i))
                .toList());
    }
}

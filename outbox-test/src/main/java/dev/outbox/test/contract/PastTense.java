package dev.outbox.test.contract;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Tells whether the name of an event says that something has happened. A word in the past tense anywhere in the name is
 * enough.
 */
final class PastTense {

    private static final Set<String> IRREGULAR = words("""
            arisen awoken beaten become been begun bent bet bid bitten blown born bought bound broken brought built burnt \
            burst came cast caught chosen come cut dealt done drawn driven dug eaten fallen fed fit fled flown forbidden \
            forgiven forgotten fought found frozen given gone got gotten grown had heard held hidden hit hung \
            hurt kept known laid learnt led left lent let lit lost made meant met mistaken outbid overridden overrun \
            overtaken paid proven put quit read rebuilt redone repaid reread rerun resent reset resold retaken rewritten \
            ridden rung risen run said seen sent set sewn shaken shot shown shrunk shut slept sold sought spent split spoken \
            spread spun stolen stood struck stuck sunk sworn swept swum taken taught thought thrown told torn undergone \
            understood undone upset was went were withdrawn withheld woken won worn written""");

    /** Words that end like a regular verb in the past tense but are not one. */
    private static final Set<String> OTHERS = Set.of("bed", "embed", "led", "red", "shed", "sled", "wed", "hundred");

    /** The only verbs in use whose past tense ends in three letters like those of need, feed and succeed. */
    private static final Set<String> DOUBLE_E =
            Set.of("agreed", "decreed", "disagreed", "freed", "guaranteed", "refereed");

    private PastTense() {}

    static boolean isIn(String type) {
        String[] words = type.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").split("[^A-Za-z]+");
        return Arrays.stream(words).map(word -> word.toLowerCase(Locale.ROOT)).anyMatch(PastTense::isParticiple);
    }

    private static Set<String> words(String text) {
        return Set.copyOf(Arrays.asList(text.split("\\s+")));
    }

    private static boolean isParticiple(String word) {
        if (IRREGULAR.contains(word)) {
            return true;
        }
        boolean regular = word.endsWith("ed") && !OTHERS.contains(word);
        return regular && (!word.endsWith("eed") || DOUBLE_E.contains(word));
    }
}

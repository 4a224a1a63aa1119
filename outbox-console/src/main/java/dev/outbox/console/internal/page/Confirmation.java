package dev.outbox.console.internal.page;

import dev.outbox.console.internal.decision.CountMovedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person is asked before something is decided.
 *
 * @param title what would happen
 * @param question what it would be about
 * @param warning what else it means
 * @param action where the form goes
 * @param fields what it carries along
 * @param seen how many events or lanes the person sees
 * @param button what the button says
 * @param dangerous whether it cannot be undone
 * @param back the page to go back to
 * @param moved what has changed since the person looked, or null
 * @param requestKey what the form calls its request, so that a double click has one effect
 */
public record Confirmation(
        String title,
        String question,
        String warning,
        String action,
        Map<String, String> fields,
        long seen,
        String button,
        boolean dangerous,
        String back,
        @Nullable String moved,
        String requestKey) {

    /** Keeps an unmodifiable copy. */
    public Confirmation {
        fields = Map.copyOf(new LinkedHashMap<>(fields));
    }

    /** {@return a question that a person can take back by going to the parked events} */
    public static Confirmation of(String title, String question, String warning, String action, long seen) {
        return new Confirmation(
                title, question, warning, action, Map.of(), seen, title, false, "/outbox/parked", null, newKey());
    }

    /** {@return the same, whose form carries more fields along} */
    public Confirmation with(Map<String, String> more) {
        return new Confirmation(
                title, question, warning, action, more, seen, button, dangerous, back, moved, requestKey);
    }

    /** {@return the same, that a person can take back by going to another page} */
    public Confirmation backTo(String page) {
        return new Confirmation(
                title, question, warning, action, fields, seen, button, dangerous, page, moved, requestKey);
    }

    /** {@return the same about something that cannot be undone} */
    public Confirmation dangerousBackTo(String page) {
        return new Confirmation(title, question, warning, action, fields, seen, button, true, page, moved, requestKey);
    }

    /** {@return the same, after what it is about has changed} */
    public Confirmation after(CountMovedException change) {
        String text =
                "There were %d when you looked, and now there are %d. Nothing was done. Decide about what there is now."
                        .formatted(change.seen(), change.found());
        return new Confirmation(
                title, question, warning, action, fields, seen, button, dangerous, back, text, requestKey);
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }
}

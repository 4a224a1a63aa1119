package dev.outbox.console.internal.page;

/**
 * A page that the navigation leads to. Each feature adds its own.
 *
 * @param place where it stands, the lowest first
 * @param name its name, by which its templates say that they belong to it
 * @param title what the link says
 * @param question what the first line of the page answers
 * @param path its address
 * @param audit whether only those see it who may see what others have decided
 */
public record PageSection(int place, String name, String title, String question, String path, boolean audit) {

    /** A page for everybody. */
    public PageSection(int place, String name, String title, String question, String path) {
        this(place, name, title, question, path, false);
    }
}

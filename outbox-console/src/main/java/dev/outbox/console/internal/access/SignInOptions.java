package dev.outbox.console.internal.access;

import java.util.List;

/**
 * How people sign in on the page for that.
 *
 * @param byPassword whether the console has users of its own
 * @param providers who else knows users
 */
public record SignInOptions(boolean byPassword, List<Provider> providers) {

    /** Keeps an unmodifiable copy. */
    public SignInOptions {
        providers = List.copyOf(providers);
    }

    /**
     * An OpenID Connect provider.
     *
     * @param name what people call it
     * @param path where signing in begins
     */
    public record Provider(String name, String path) {}
}

package dev.outbox.sidecar.internal.terminal;

import java.util.Locale;

/** Numbers of things, and names of constants, in words. */
public final class Words {

    private Words() {}

    public static String events(long number) {
        return number(number, "event");
    }

    public static String keys(long number) {
        return number(number, "key");
    }

    public static String lanes(long number) {
        return number(number, "lane");
    }

    /** {@return a constant as people read it, such as {@code discard-held}} */
    public static String constant(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String number(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }
}

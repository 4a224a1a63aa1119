package dev.outbox.sidecar;

import java.util.Locale;

/** Numbers of things, and names of constants, in words. */
final class Words {

    private Words() {}

    static String events(long number) {
        return number(number, "event");
    }

    static String keys(long number) {
        return number(number, "key");
    }

    static String lanes(long number) {
        return number(number, "lane");
    }

    /** {@return a constant as people read it, such as {@code discard-held}} */
    static String constant(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String number(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }
}

package dev.outbox.sidecar;

/** Numbers of things, in words. */
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

    private static String number(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }
}

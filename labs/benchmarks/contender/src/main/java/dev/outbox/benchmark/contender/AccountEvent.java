package dev.outbox.benchmark.contender;

/** What an event-sourced account keeps of a deposit: as large as every {@link BenchmarkEvent}. */
public final class AccountEvent {

    private static final String TEXT = "lorem ipsum dolor sit amet consectetur ".repeat(BenchmarkEvent.SIZE / 39 + 1);
    private static final String FRAME = "{\"account\":\"\",\"amount\":1,\"text\":\"\"}";

    private AccountEvent() {}

    /** {@return what fills the payload up to its size} */
    public static String text(String account) {
        return TEXT.substring(0, BenchmarkEvent.SIZE - FRAME.length() - account.length());
    }
}

package dev.outbox.benchmark;

/**
 * What a command takes, 200 in a second by one client, beside nothing else and while a projection is rebuilt. The history of the
 * rebuild is that of the {@link RebuildScenario}, or one of its own.
 *
 * @param events how many there are to rebuild
 * @param seconds for which commands come
 */
record AppendLatencyScenario(long events, int seconds) implements Scenario {

    private static final int WARM_UP_SECONDS = 5;

    @Override
    public String name() {
        return "eventstore-latency";
    }

    @Override
    public boolean suits(Entry entry) {
        return entry.isEventStore();
    }

    @Override
    public boolean isOnce() {
        return true;
    }

    @Override
    public void run(Candidate candidate, Results results) throws Exception {
        candidate.service("fill " + events);
        candidate.settle();
        candidate.service("steady " + WARM_UP_SECONDS);
        Results.Sheet sheet = results.sheet(candidate, name());
        double alone = note(sheet, "alone", candidate.service("steady " + seconds));
        double during = note(sheet, "during_rebuild", candidate.service("steady-during-rebuild " + seconds));
        sheet.add("ratio_of_p99", during / alone);
    }

    /** {@return p99} */
    private static double note(Results.Sheet sheet, String when, String answer) {
        String[] words = answer.split(" ", -1);
        double p99 = Long.parseLong(words[2]) / 1e3;
        sheet.count("commands_" + when, Long.parseLong(words[0]));
        sheet.add("p50_ms_" + when, Long.parseLong(words[1]) / 1e3);
        sheet.add("p99_ms_" + when, p99);
        return p99;
    }
}

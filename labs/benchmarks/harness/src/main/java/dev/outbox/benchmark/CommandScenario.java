package dev.outbox.benchmark;

/**
 * Four clients of an event store execute commands as fast as they can: load an account, decide, append, commit. Each account takes
 * a number of commands, and then a client goes on with a new one; so a load finds half as many events, on average, whoever is
 * fast.
 *
 * @param name of the scenario
 * @param kind of the accounts, as the contender calls them
 * @param commandsPerAccount the length of a stream in the end
 * @param seconds for which commands come
 */
record CommandScenario(String name, String kind, int commandsPerAccount, int seconds) implements Scenario {

    private static final int CLIENTS = 4;
    private static final int LENGTH = 50;
    private static final String SNAPSHOTS = "snapshots";
    private static final int LENGTH_WITH_SNAPSHOTS = 200;

    /** {@return streams of moderate length, which are read from their beginning} */
    static Scenario plain(int seconds) {
        return new CommandScenario("eventstore-command", "plain", LENGTH, seconds);
    }

    /** {@return longer streams, with a snapshot after each ten events} */
    static Scenario withSnapshots(int seconds) {
        return new CommandScenario("eventstore-command-snapshots", SNAPSHOTS, LENGTH_WITH_SNAPSHOTS, seconds);
    }

    /** {@return the same, of another length} */
    Scenario of(int otherSeconds) {
        return new CommandScenario(name, kind, commandsPerAccount, otherSeconds);
    }

    @Override
    public boolean suits(Entry entry) {
        return kind.equals(SNAPSHOTS) ? entry.hasSnapshots() : entry.isEventStore();
    }

    @Override
    public void run(Candidate candidate, Results results) throws Exception {
        candidate.settle();
        Cost cost = candidate.cost();
        double rate = Double.parseDouble(
                candidate.service("deposits %s %d %d %d".formatted(kind, commandsPerAccount, CLIENTS, seconds)));
        Cost spent = candidate.cost().since(cost);
        Results.Sheet sheet = results.sheet(candidate, name);
        sheet.add("commands_per_second", rate);
        sheet.costs(spent, Math.round(rate * seconds));
        System.out.printf("%s %s %.0f commands/s%n", name, sheet.contender(), rate);
    }
}

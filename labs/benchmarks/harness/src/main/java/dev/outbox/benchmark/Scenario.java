package dev.outbox.benchmark;

/** One thing to measure, for one contender after the other, several times. */
interface Scenario {

    /** {@return the name in the results} */
    String name();

    /** {@return whether it says anything about this contender} */
    default boolean suits(Entry entry) {
        return entry.hasTable();
    }

    /** {@return whether one round is enough, because it is no race} */
    default boolean isOnce() {
        return false;
    }

    /** Measures once. */
    void run(Candidate candidate, Results results) throws Exception;
}

package dev.outbox.benchmark.contender;

/** Answers what the harness asks. Each question is one line; so is each answer. */
@FunctionalInterface
interface Answers {

    /** {@return the answer} */
    String to(String line) throws Exception;
}

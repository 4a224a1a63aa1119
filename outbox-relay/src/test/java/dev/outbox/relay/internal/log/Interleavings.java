package dev.outbox.relay.internal.log;

import java.util.ArrayList;
import java.util.List;

/** All orders in which the steps of some actors can follow each other, each actor keeping its own order. */
final class Interleavings {

    private Interleavings() {}

    /** {@return lists of actors, each standing for that actor's next step} */
    static <A> List<List<A>> of(List<Script<A>> scripts) {
        List<List<A>> all = new ArrayList<>();
        extend(new ArrayList<>(), scripts, all);
        return all;
    }

    private static <A> void extend(List<A> begun, List<Script<A>> scripts, List<List<A>> all) {
        boolean complete = true;
        for (int i = 0; i < scripts.size(); i++) {
            Script<A> script = scripts.get(i);
            if (script.steps > 0) {
                complete = false;
                List<Script<A>> rest = new ArrayList<>(scripts);
                rest.set(i, new Script<>(script.actor, script.steps - 1));
                begun.add(script.actor);
                extend(begun, rest, all);
                begun.remove(begun.size() - 1);
            }
        }
        if (complete) {
            all.add(List.copyOf(begun));
        }
    }

    /**
     * An actor and what is left of its script.
     *
     * @param steps how many steps it has to do
     */
    record Script<A>(A actor, int steps) {}
}

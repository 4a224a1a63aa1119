package dev.outbox.chaos.process;

import dev.outbox.chaos.Landscape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The relays of a run: sidecars, as one runs them, in processes of their own. For one thread. */
public final class Relays implements AutoCloseable {

    /** Spring Boot's, of a failure without an analysis: one that may pass. */
    private static final String START_FAILED = "Application run failed";

    /** The relay's own analysis, while no server takes writes. */
    private static final String NO_DATABASE = "The database of the outbox cannot be reached";

    /** What the relay takes at most; events that are larger are parked. */
    public static final int MAX_REQUEST_SIZE = 200_000;

    private final Landscape landscape;
    private final Engine engine;
    private final List<ChildProcess> running = new ArrayList<>();
    private int started;

    public Relays(Landscape landscape, Engine engine) {
        this.landscape = landscape;
        this.engine = engine;
    }

    /** Starts one more, which asks for so many lanes. */
    public ChildProcess add(int lanes) {
        started++;
        String name = landscape.name() + "-relay-" + started;
        List<String> command =
                new ArrayList<>(RelayJar.command(() -> start(name + "-training", RelayJar.trainingCommand(), lanes)));
        ChildProcess relay = start(name, command, lanes);
        running.add(relay);
        return relay;
    }

    private ChildProcess start(String name, List<String> command, int lanes) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(landscape.arguments(
                name,
                "--spring.kafka.producer.properties.max.request.size=" + MAX_REQUEST_SIZE,
                "--spring.main.web-application-type=none",
                "--outbox.schema.migrate=false",
                "--outbox.relay.lanes=" + lanes,
                "--outbox.relay.engine=" + engine.of(started),
                "--outbox.relay.tail.slot=" + landscape.replicationSlot(),
                "--outbox.relay.durability.standbys="
                        + String.join(",", landscape.database().standbys()),
                // Short, so that a run can outwait it; small pages, so that disturbances meet pages in flight.
                "--outbox.relay.lease.ttl=2s",
                "--outbox.relay.page.rows=50",
                "--outbox.relay.backoff.max=1s")));
        return ChildProcess.java(name, landscape.log(name), all, Map.of());
    }

    /** {@return those that were started and neither killed nor removed, oldest first} */
    public List<ChildProcess> running() {
        return List.copyOf(running);
    }

    /**
     * Forgets those that could not start, as happens when the database goes away meanwhile.
     *
     * @return them
     * @throws IllegalStateException if one has ended otherwise: whatever happens to a relay that has started, it goes on
     */
    public List<ChildProcess> removeFailedStarts() {
        List<ChildProcess> dead =
                running.stream().filter(relay -> !relay.isAlive()).toList();
        for (ChildProcess relay : dead) {
            if (!relay.hasLogged(START_FAILED) && !relay.hasLogged(NO_DATABASE)) {
                throw new IllegalStateException(relay + " has ended by itself; its log tells why");
            }
            relay.close();
        }
        running.removeAll(dead);
        return dead;
    }

    public void kill(ChildProcess relay) {
        running.remove(relay);
        relay.kill();
    }

    /** Asks it to end, so that it hands over its lanes. */
    public void remove(ChildProcess relay) {
        running.remove(relay);
        relay.terminate();
    }

    @Override
    public void close() {
        running.forEach(ChildProcess::close);
        running.clear();
    }
}

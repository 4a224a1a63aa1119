package dev.outbox.chaos.process;

import dev.outbox.chaos.Landscape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The relays of a run: sidecars, as one runs them, in processes of their own. For one thread. */
public final class Relays implements AutoCloseable {

    private static final String JAR = "chaos.relay.jar";

    /** Spring Boot's, of a failure without an analysis: one that may pass. */
    private static final String START_FAILED = "Application run failed";

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
        Path jar = Path.of(System.getProperty(JAR, ""));
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "No relay at '%s' (system property %s); build it by ./mvnw -pl chaos -am verify"
                            .formatted(jar, JAR));
        }
        started++;
        String name = landscape.name() + "-relay-" + started;
        List<String> command = new ArrayList<>(List.of("-jar", jar.toString()));
        command.addAll(List.of(landscape.arguments(
                name,
                "--spring.kafka.producer.properties.max.request.size=" + MAX_REQUEST_SIZE,
                "--server.port=0",
                "--outbox.relay.lanes=" + lanes,
                "--outbox.relay.engine=" + engine.of(started),
                "--outbox.relay.tail.slot=" + landscape.replicationSlot(),
                // Short, so that a run can outwait it; small pages, so that disturbances meet pages in flight.
                "--outbox.relay.lease.ttl=2s",
                "--outbox.relay.page.rows=50",
                "--outbox.relay.backoff.max=1s")));
        ChildProcess relay = ChildProcess.java(name, landscape.log(name), command, Map.of());
        running.add(relay);
        return relay;
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
            if (!relay.hasLogged(START_FAILED)) {
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

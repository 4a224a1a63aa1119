package dev.outbox.relay.simulation;

import dev.outbox.relay.SharingUnderTest;
import dev.outbox.relay.internal.lane.RelayUnderTest;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.queue.QueuedLog;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One run: writers, a few relays that share the lanes, a database, a broker, and what goes wrong between them, all
 * drawn from a seed. A run breaks off at the first broken promise.
 */
final class Simulation {

    /** How long after the last fault everything has to be published: lease, pauses and retries, and some to spare. */
    private static final long SETTLED_WITHIN = 10_000 * World.MILLI;

    private final World world;
    private final ModelDatabase database = new ModelDatabase();
    private final Promises promises;
    private final ModelLaneStore lanes;
    private final ModelLaneLayout layout;
    private final ModelParkingStore parked;
    private final Operator operator;
    private final ModelBroker broker;
    private final Writers writers;
    private final List<RelayProcess> processes = new ArrayList<>();
    private int starts;
    private int wantedLanes;

    private Simulation(World world) {
        this.world = world;
        this.promises = new Promises(world, database);
        this.lanes = new ModelLaneStore(world, promises);
        this.layout = new ModelLaneLayout(world, lanes);
        this.parked = new ModelParkingStore(world, database, promises);
        this.operator = new Operator(world, parked);
        this.wantedLanes = world.plan().lanes();
        this.broker = new ModelBroker(world, promises);
        this.writers = new Writers(world, database, promises);
    }

    /**
     * What came out of a run in which every promise was kept.
     *
     * @param repetitions records in the topic beyond the first of each event
     * @param leases how often a lane was given to a relay
     * @param parked how often an event was parked
     * @param held how often an event had to wait for its topic
     * @param divisions how often the lanes were divided anew
     * @param struck what went wrong
     */
    record Outcome(int events, int repetitions, int leases, int parked, int held, int divisions, Set<Fault> struck) {}

    static Outcome run(long seed) {
        return run(seed, Set.of());
    }

    /** Runs with some rules out of force. If a promise is broken, the run is repeated to tell its story. */
    static Outcome run(long seed, Set<Rule> suspended) {
        try {
            return new Simulation(new World(seed, suspended, false)).run();
        } catch (AssertionError broken) {
            World traced = new World(seed, suspended, true);
            try {
                new Simulation(traced).run();
            } catch (AssertionError again) {
                throw new BrokenRun(seed, again, traced);
            }
            throw new IllegalStateException("Seed %d does not repeat itself".formatted(seed), broken);
        }
    }

    private Outcome run() {
        writers.start();
        for (int i = 0; i < world.plan().relays(); i++) {
            processes.add(start(i));
        }
        operator.start();
        planFaults();
        long deadline = World.FAULTS_END + SETTLED_WITHIN;
        world.time().runUntil(World.FAULTS_END);
        while (world.now() < deadline && !(writers.areDone() && promises.areAllPublished())) {
            world.time().runUntil(world.now() + 50 * World.MILLI);
        }
        promises.settled();
        return new Outcome(
                promises.events(),
                promises.repetitions(),
                promises.leases(),
                promises.parkings(),
                promises.holds(),
                promises.divisions(),
                world.struck());
    }

    private RelayProcess start(int place) {
        String name = "relay %c%d".formatted('A' + place, ++starts);
        RelayProcess process = new RelayProcess(
                world, name, () -> world.after(world.between(0, 800), () -> processes.set(place, start(place))));
        process.start(new SharingUnderTest(
                name,
                wantedLanes,
                RelayProcess.TTL,
                ModelLaneLayout.reachedBy(process, layout),
                lane -> startLane(process, lane)));
        return process;
    }

    private RelayUnderTest startLane(RelayProcess process, Lane lane) {
        ModelPublisher publisher = new ModelPublisher(world, process, lane, broker, promises);
        RelayUnderTest relay = new RelayUnderTest(
                process.settings(),
                lane,
                ModelLaneStore.reachedBy(process, lanes),
                world.plan().removes()
                        ? new QueuedLog(new ModelQueue(world, database, lanes, promises, process))
                        : new ModelLog(world, database, lanes, process),
                ModelParkingStore.reachedBy(process, parked),
                publisher,
                process::nanos,
                world.random());
        process.start(relay, publisher);
        return relay;
    }

    private void planFaults() {
        Set<Fault> timed = EnumSet.of(
                Fault.KILL,
                Fault.STOP,
                Fault.LANES_CHANGED,
                Fault.FREEZE,
                Fault.SUSPEND,
                Fault.BROKER_AWAY,
                Fault.TOPIC_GONE);
        timed.retainAll(world.plan().faults());
        for (Fault fault : timed) {
            int times = world.random().nextInt(1, 4);
            for (int i = 0; i < times; i++) {
                world.after(world.random().nextLong(World.FAULTS_END), () -> strike(fault));
            }
        }
    }

    private void strike(Fault fault) {
        world.struck().add(fault);
        RelayProcess process = processes.get(world.random().nextInt(processes.size()));
        long pause = world.random().nextLong(2 * RelayProcess.TTL.toNanos());
        switch (fault) {
            case KILL -> process.kill();
            case STOP -> process.stop();
            case LANES_CHANGED -> {
                wantedLanes = Plan.lanes(world.random());
                process.stop();
            }
            case FREEZE -> process.freeze(pause, false);
            case SUSPEND -> process.freeze(pause, true);
            case BROKER_AWAY -> broker.goAway(pause);
            case TOPIC_GONE ->
                broker.lose(
                        ModelBroker.topic(world.random().nextInt(world.plan().topics())),
                        world.random().nextLong(World.FAULTS_END - world.now() + 1));
            default -> throw new IllegalArgumentException(fault + " strikes at a call, not at a time");
        }
    }
}

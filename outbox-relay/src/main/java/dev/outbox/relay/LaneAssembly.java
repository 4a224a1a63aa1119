package dev.outbox.relay;

import dev.outbox.relay.broker.EventPublisherFactory;
import dev.outbox.relay.lane.Lane;
import dev.outbox.relay.lane.LaneStore;
import dev.outbox.relay.parking.ParkingStore;
import dev.outbox.store.OutboxLog;
import dev.outbox.store.ReadBudget;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Puts together what a lane consists of. Each lane has a publisher of its own: a failure spends the publisher with all
 * that it holds, and must not reach beyond its lane.
 *
 * @param lanes leases and positions
 * @param log the events
 * @param readers threads on which the next page of a backlog is read
 * @param publishers the way to the broker
 * @param parked the events kept aside
 * @param properties settings of the relay
 * @param owner the name under which this relay acquires lanes
 * @param clock for the age of events
 */
record LaneAssembly(
        LaneStore lanes,
        OutboxLog log,
        Executor readers,
        EventPublisherFactory publishers,
        ParkingStore parked,
        RelayProperties properties,
        String owner,
        Clock clock) {

    LaneLoop assemble(Lane lane) {
        RelayProperties.Page page = properties.page();
        RelayProperties.Lease lease = properties.lease();
        RelayProperties.Backoff backoff = properties.backoff();
        ReadBudget budget = new ReadBudget(page.rows(), page.bytes().toBytes());
        Ticker ticker = System::nanoTime;
        // The lane is renewed by its passes, which must not be too rare for that.
        RelayWait wait = new RelayWait(properties.poll().atMost(LaneLease.renewalOf(lease.ttl())));
        LaneParking parking = new LaneParking(parked, lane.buckets(), properties.failure()::of, ticker);
        LaneRelay relay = new LaneRelay(
                new LaneLease(lanes, lane, owner, lease.ttl(), lease.saveInterval(), ticker),
                new LaneReader(new ReadAhead(log, readers), lane.buckets(), budget),
                new InFlight(budget, page.inFlight(), wait::settled),
                new LaneSender(publishers.create("lane-" + lane.number()), parking),
                new Backoff(backoff.initial(), backoff.max(), RandomGenerator.getDefault()),
                ticker);
        LaneMonitor monitor = new LaneMonitor(lane, properties.stuckAfter(), ticker, clock);
        return new LaneLoop(relay, wait, monitor, properties.drainTimeout());
    }
}

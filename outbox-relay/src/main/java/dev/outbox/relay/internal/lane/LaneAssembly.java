package dev.outbox.relay.internal.lane;

import dev.outbox.relay.broker.EventPublisherFactory;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneStore;
import dev.outbox.relay.internal.log.LaneLogs;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.log.TableLogs;
import dev.outbox.relay.internal.metrics.RelayMeters;
import dev.outbox.relay.internal.metrics.SentPage;
import dev.outbox.relay.internal.pace.Backoff;
import dev.outbox.relay.internal.pace.RelayProperties;
import dev.outbox.relay.internal.pace.RelayWait;
import dev.outbox.relay.internal.pace.Ticker;
import dev.outbox.relay.internal.parking.LaneParking;
import dev.outbox.relay.internal.parking.ParkingStore;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * Creates the parts of a lane. Each lane has its own publisher: a failure discards the publisher with everything that it
 * holds, and must not affect other lanes.
 *
 * @param lanes leases and positions
 * @param tables read the events
 * @param engine how a lane learns of new events
 * @param publishers create the publisher of a lane
 * @param parked the events that are set aside
 * @param properties settings of the relay
 * @param owner the name under which this relay acquires lanes
 * @param clock for the age of events
 * @param meters measure the lanes
 * @param traces follow the events
 */
public record LaneAssembly(
        LaneStore lanes,
        TableLogs tables,
        LaneLogs engine,
        EventPublisherFactory publishers,
        ParkingStore parked,
        RelayProperties properties,
        String owner,
        Clock clock,
        RelayMeters meters,
        SentPage.Observer traces) {

    public LaneLoop assemble(Lane lane) {
        RelayProperties.Page page = properties.page();
        RelayProperties.Lease lease = properties.lease();
        RelayProperties.Backoff backoff = properties.backoff();
        ReadBudget budget = page.budget();
        Ticker ticker = System::nanoTime;
        // Passes renew the lease, so they must be frequent enough for that.
        RelayWait wait = new RelayWait(properties.poll().atMost(LaneLease.renewalOf(lease.ttl())));
        OutboxLog laneLog = engine.open(tables.open(), lane.buckets(), wait::committed);
        LaneMonitor monitor = new LaneMonitor(lane, properties.stuckAfter(), ticker, clock, meters);
        LaneParking parking =
                new LaneParking(parked, lane.buckets(), properties.failure()::of, ticker, monitor.meters());
        LaneRelay relay = new LaneRelay(
                new LaneLease(lanes, lane, owner, lease.ttl(), lease.saveInterval(), ticker),
                new LaneReader(laneLog, lane.buckets(), budget),
                new InFlight(
                        budget, page.inFlight(), wait::settled, monitor.meters().and(traces)),
                new LaneSender(publishers.create("lane-" + lane.number()), parking),
                new Backoff(backoff.initial(), backoff.max(), RandomGenerator.getDefault()),
                ticker);
        return new LaneLoop(relay, laneLog, wait, monitor, properties.drainTimeout());
    }
}

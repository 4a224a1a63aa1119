package dev.outbox.relay.internal.lane;

import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Reads the next page of a backlog while the last one is being sent. The content of a backlog does not change, so it does
 * not matter when it is read. New events are not read ahead, because they would be older than necessary when they are sent.
 *
 * <p>For use by a single thread.
 */
public final class ReadAhead implements OutboxLog {

    private final OutboxLog log;
    private final Executor executor;
    private @Nullable NextPage next;

    /**
     * @param log what is read
     * @param executor runs the reads
     */
    public ReadAhead(OutboxLog log, Executor executor) {
        this.log = log;
        this.executor = executor;
    }

    /** {@return threads for any number of lanes, which are started for a backlog and end after it} */
    public static Executor threads() {
        CustomizableThreadFactory factory = new CustomizableThreadFactory("outbox-read-ahead-");
        factory.setDaemon(true);
        return Executors.newCachedThreadPool(factory);
    }

    @Override
    public OutboxPage read(LaneEpoch lane, Position after, ReadBudget budget) {
        Request request = new Request(lane, after, budget);
        NextPage expected = next;
        next = null;
        OutboxPage page = expected != null && expected.request.equals(request) ? expected.await() : request.read(log);
        if (isWithinBacklog(page.end())) {
            Request following = new Request(lane, page.end(), budget);
            next = new NextPage(following, CompletableFuture.supplyAsync(() -> following.read(log), executor));
        }
        return page;
    }

    @Override
    public long unread(BucketRange buckets, Position end) {
        return log.unread(buckets, end);
    }

    @Override
    public void awaitDurable(LaneEpoch lane, Position after, String wal) {
        log.awaitDurable(lane, after, wal);
    }

    private static boolean isWithinBacklog(Position position) {
        Position.Paging paging = position.paging();
        return paging != null && paging.seq() < paging.lastSeq();
    }

    private record Request(LaneEpoch lane, Position after, ReadBudget budget) {

        OutboxPage read(OutboxLog log) {
            return log.read(lane, after, budget);
        }
    }

    private record NextPage(Request request, CompletableFuture<OutboxPage> page) {

        OutboxPage await() {
            try {
                return page.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw e;
            }
        }
    }
}

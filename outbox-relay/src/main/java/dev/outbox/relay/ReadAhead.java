package dev.outbox.relay;

import dev.outbox.store.LaneEpoch;
import dev.outbox.store.OutboxLog;
import dev.outbox.store.OutboxPage;
import dev.outbox.store.Position;
import dev.outbox.store.ReadBudget;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Reads the next page of a backlog while the last one is being sent. What a backlog holds is settled, so it does not
 * matter when it is read. New events are not read ahead: they would be older than need be.
 *
 * <p>For one thread.
 */
final class ReadAhead implements OutboxLog {

    private final OutboxLog log;
    private final Executor executor;
    private @Nullable NextPage next;

    /**
     * @param log what is read
     * @param executor on which
     */
    ReadAhead(OutboxLog log, Executor executor) {
        this.log = log;
        this.executor = executor;
    }

    /** {@return threads for any number of lanes; they come with a backlog and go with it} */
    static Executor threads() {
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

package dev.outbox.benchmark.handwritten;

import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.Effects;
import dev.outbox.benchmark.handwritten.EventTable.Place;
import dev.outbox.benchmark.handwritten.EventTable.Read;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** A batch loop: page by page, each in a transaction with the effects and with how far it has come. */
final class EffectsLoop {

    private static final long PAUSE_MILLIS = 5;

    private final Business business;
    private final Effects effects;
    private final JsonMapper mapper;
    private final Function<Place, List<Read>> page;
    private final AtomicLong handled = new AtomicLong();
    private Thread thread = new Thread();
    private volatile boolean running;

    EffectsLoop(Business business, Effects effects, JsonMapper mapper, Function<Place, List<Read>> page) {
        this.business = business;
        this.effects = effects;
        this.mapper = mapper;
        this.page = page;
        business.jdbc()
                .sql("create table if not exists place (xid text not null, seq bigint not null)")
                .update();
    }

    void start() {
        handled.set(0);
        running = true;
        business.jdbc().sql("truncate place").update();
        business.jdbc().sql("insert into place values ('0', 0)").update();
        thread = new Thread(this::run);
        thread.start();
    }

    long handled() {
        return handled.get();
    }

    void stop() throws InterruptedException {
        running = false;
        thread.join();
    }

    private void run() {
        try {
            while (running) {
                int events = Objects.requireNonNull(business.transaction().execute(status -> handlePage()));
                handled.addAndGet(events);
                if (events == 0) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int handlePage() {
        Place place = business.jdbc()
                .sql("select xid, seq from place for update")
                .query((row, number) -> new Place(row.getString("xid"), row.getLong("seq")))
                .single();
        List<Read> events = page.apply(place);
        for (Read read : events) {
            Deposited event = mapper.readValue(read.payload(), Deposited.class);
            effects.add(event.account(), Long.toString(event.amount()));
        }
        if (!events.isEmpty()) {
            Place last = events.get(events.size() - 1).place();
            business.jdbc()
                    .sql("update place set xid = :xid, seq = :seq")
                    .param("xid", last.xid())
                    .param("seq", last.seq())
                    .update();
        }
        return events.size();
    }
}

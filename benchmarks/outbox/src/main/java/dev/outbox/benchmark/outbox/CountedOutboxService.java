package dev.outbox.benchmark.outbox;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.Contender;

/** The outbox with accounts whose number of changes is that of their events. */
record CountedOutboxService(OutboxService service) implements Contender {

    @Override
    public Business business() {
        return service.business();
    }

    @Override
    public void raise(BenchmarkEvent event) {
        raise(event, business().change(event));
    }

    @Override
    public void raise(BenchmarkEvent event, long change) {
        service.publish(CountedAccountChanged.of(event, change));
    }

    @Override
    public void insertByHand(BenchmarkEvent event, long change) {
        service.insertByHand(event, change);
    }

    @Override
    public void startRelay() {
        service.startRelay();
    }

    @Override
    public void stopRelay() {
        service.stopRelay();
    }

    @Override
    public void clear() {
        service.clear();
    }

    @Override
    public void close() {
        service.close();
    }
}

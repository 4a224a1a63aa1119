package dev.outbox.benchmark.contender;

import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.transaction.PlatformTransactionManager;

/** One that consumes. To the harness its consumer is what to others is their relay. */
public final class ConsumingContender implements Contender {

    private final Business business;
    private final Effects effects;
    private final Runnable start;
    private final Runnable stop;
    private final Runnable close;

    private ConsumingContender(Business business, Effects effects, Runnable start, Runnable stop, Runnable close) {
        this.business = business;
        this.effects = effects;
        this.start = start;
        this.stop = stop;
        this.close = close;
    }

    /**
     * {@return the one that a service is}
     *
     * @param beans of the service
     * @param start starts its consumer, which is not started
     * @param stop stops it, and returns when nothing is consumed any more
     * @param close ends the whole service
     */
    public static ConsumingContender of(BeanFactory beans, Runnable start, Runnable stop, Runnable close) {
        return new ConsumingContender(
                Business.of(beans.getBean(DataSource.class), beans.getBean(PlatformTransactionManager.class)),
                beans.getBean(Effects.class),
                start,
                stop,
                close);
    }

    @Override
    public Business business() {
        return business;
    }

    @Override
    public void raise(BenchmarkEvent event) {
        throw new UnsupportedOperationException("consumes alone");
    }

    @Override
    public void startRelay() {
        start.run();
    }

    @Override
    public void stopRelay() {
        stop.run();
    }

    @Override
    public void clear() {
        effects.clear();
    }

    @Override
    public void close() {
        close.run();
    }
}

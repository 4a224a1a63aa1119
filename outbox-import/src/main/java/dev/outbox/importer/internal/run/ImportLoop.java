package dev.outbox.importer.internal.run;

import dev.outbox.importer.ImportBatch;
import dev.outbox.importer.OutboxImport;
import dev.outbox.internal.failure.Causes;
import dev.outbox.internal.loop.BackgroundLoop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Imports what is pending, and what becomes pending, on its own thread. */
public final class ImportLoop extends BackgroundLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ImportLoop.class);

    private final OutboxImport outboxImport;
    private final boolean isDryRun;
    private final Duration interval;
    private long imported;

    /**
     * @param isDryRun whether the plan is logged, once, and nothing is imported
     * @param interval how long to wait when nothing is pending
     */
    public ImportLoop(OutboxImport outboxImport, boolean isDryRun, Duration interval) {
        super("outbox-import");
        this.outboxImport = outboxImport;
        this.isDryRun = isDryRun;
        this.interval = interval;
    }

    @Override
    protected Duration pass() {
        if (isDryRun) {
            LOG.info("{}", outboxImport.plan());
            return WITHOUT_LIMIT;
        }
        ImportBatch batch = outboxImport.runOnce();
        imported += batch.imported();
        if (!batch.isEmpty()) {
            return Duration.ZERO;
        }
        if (imported > 0) {
            LOG.info("Imported {} events; nothing is pending now", imported);
            imported = 0;
        }
        return interval;
    }

    @Override
    protected Duration failed(Throwable failure, boolean isNew) {
        if (isNew) {
            LOG.warn("The import does not go on until this is fixed: {}", Causes.inOneLine(failure), failure);
        }
        return interval;
    }

    @Override
    protected Duration longestStop() {
        return WITHOUT_LIMIT;
    }
}

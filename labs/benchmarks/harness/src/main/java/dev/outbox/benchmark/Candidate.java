package dev.outbox.benchmark;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.benchmark.contender.Numbers;
import dev.outbox.benchmark.contender.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** A contender that runs, with its database and its topic. */
final class Candidate implements AutoCloseable {

    private final Entry entry;
    private final Settings settings;
    private final Servers servers;
    private final Topic topic;
    private final List<ContenderProcess> processes = new ArrayList<>();
    private long next;

    Candidate(Entry entry, Settings settings, Servers servers, Path benchmarks) throws IOException {
        this.entry = entry;
        this.settings = settings;
        this.servers = servers;
        this.topic = new Topic(settings.topic(), settings.bootstrapServers());
        for (String name : entry.processes()) {
            ContenderProcess process = ContenderProcess.start(entry, name, settings, benchmarks);
            // One after the other: they may migrate the same database.
            process.awaitReady();
            processes.add(process);
        }
    }

    Entry entry() {
        return entry;
    }

    Topic topic() {
        return topic;
    }

    /** {@return the next numbers, which start with a burst} */
    long reserve(long count) {
        long first = next;
        next += (count + BenchmarkEvent.BURST - 1) / BenchmarkEvent.BURST * BenchmarkEvent.BURST;
        return first;
    }

    /** {@return a burst at which so many clients may begin} */
    long burstFor(int clients) {
        return Numbers.burstAfter(next, clients);
    }

    /** Keeps what clients have used from being used again. */
    void used(long lastNumber) {
        next = Math.max(next, (lastNumber / BenchmarkEvent.BURST + 1) * BenchmarkEvent.BURST);
    }

    String service(String command) throws IOException {
        return processes.get(0).execute(command);
    }

    void relay(boolean on) throws IOException {
        processes.get(processes.size() - 1).execute(on ? "relay on" : "relay off");
    }

    /** Starts the relay and waits until it publishes, so that its start is not part of what is measured. */
    void relayReady() throws IOException, InterruptedException {
        relay(true);
        if (entry.hasTable()) {
            long before = topic.end();
            service("fill " + reserve(1) + " 1");
            topic.awaitEnd(before + 1, Timing.PATIENCE);
        }
    }

    /** Puts so many new events on the topic. */
    void fillTopic(long count) throws ExecutionException, InterruptedException {
        new EventSender(settings.topic(), settings.bootstrapServers()).send(reserve(count), count);
    }

    void clear() throws IOException {
        service("clear");
    }

    /** After a backlog was made: what it has left to be written is written, and the planner knows the table. */
    void settle() throws SQLException {
        servers.of(entry).settle(databaseName());
    }

    Database database() throws SQLException {
        return servers.of(entry).database(databaseName());
    }

    private String databaseName() {
        return settings.jdbcUrl().substring(settings.jdbcUrl().lastIndexOf('/') + 1);
    }

    /** {@return what has been spent so far} */
    Cost cost() throws IOException, SQLException {
        double client = 0;
        for (ContenderProcess process : processes) {
            client += ProcessCpu.of(process.pid());
        }
        return new Cost(client, servers.of(entry).spent(databaseName()), ProcessCpu.of(servers.brokerPid()));
    }

    @Override
    public void close() throws IOException {
        topic.close();
        for (ContenderProcess process : processes) {
            process.close();
        }
    }
}

package dev.outbox.sample.demo;

import java.io.PrintStream;
import picocli.CommandLine;

/**
 * The demo, told as its steps:
 *
 * <ol>
 *   <li>start PostgreSQL, Kafka, the order service with a relay next to it, the inventory service with its relay inside,
 *   <li>place orders over HTTP and wait until every one of them is decided,
 *   <li>count, in the databases and on the topics, what happened, and say so,
 *   <li>place an order that is parked, and ask the console why; with {@code --exit}, release it there.
 * </ol>
 */
public final class Demo {

    private final Options options;
    private final Landscape landscape;
    private final PrintStream out;

    private Demo(Options options, Landscape landscape, PrintStream out) {
        this.options = options;
        this.landscape = landscape;
        this.out = out;
    }

    /** Run by the {@code demo} script. The exit code is 0 only if every number is right. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Options()).execute(args));
    }

    /** {@return the exit code; without {@code --exit} only if something is wrong} */
    static int run(Options options) throws InterruptedException {
        Landscape landscape = new Landscape(new Applications(options.home()), new WorkDirectory(options.work()));
        // However this process ends, unless it is killed; then the script does the same.
        Runtime.getRuntime().addShutdownHook(new Thread(landscape::close, "demo-end"));
        ParentWatch.exitWithParent();
        int exitCode = new Demo(options, landscape, System.out).exitCode();
        if (!options.exit() && exitCode == 0) {
            Thread.currentThread().join();
        }
        return exitCode;
    }

    private int exitCode() throws InterruptedException {
        try {
            return run() ? 0 : 1;
        } catch (IllegalStateException e) {
            // A demo that was told to end meanwhile has nothing to complain about.
            if (!landscape.isClosed()) {
                System.err.println();
                System.err.println(e.getMessage());
            }
            return 1;
        }
    }

    private boolean run() throws InterruptedException {
        startServers();
        Services services = startServices();
        Tally tally = placeOrders(services.orders());
        new Report(tally).print(out);
        out.println();
        String parked = parkOne(services);
        services.all().forEach(service -> service.end().ifPresent(out::println));
        out.println();
        if (options.exit()) {
            out.println(tally.line());
        } else {
            new Addresses(landscape, services, parked).print(out);
        }
        return tally.problems().isEmpty();
    }

    /** {@return the id of the order} Nothing of it is counted: that was done before. */
    private String parkOne(Services services) throws InterruptedException {
        ParkedOrder order = new ParkedOrder(
                new Http(services.orders().url(), null),
                new Http(services.inventory().url(), null),
                new Http(services.inventory().url(), landscape.operator()));
        Progress progress = Progress.start(out, "Placing an order for a kettle, which nobody knows");
        String id = order.place();
        progress.step();
        String reason = order.explained(id);
        progress.done();
        out.println("It is parked, says the console: " + reason);
        if (options.exit()) {
            Progress releasing = Progress.start(out, "Taking kettles in and releasing it in the console");
            order.release(id);
            releasing.done();
            out.println("It is confirmed.");
        }
        return id;
    }

    private void startServers() {
        Progress progress = Progress.start(out, "Starting PostgreSQL and Kafka");
        landscape.startPostgres();
        progress.step();
        landscape.startKafka();
        progress.step();
        progress.done();
    }

    private Services startServices() throws InterruptedException {
        Progress progress = Progress.start(out, "Starting order service, relay and inventory service");
        Services services =
                new Services(landscape.startOrderService(), landscape.startRelay(), landscape.startInventoryService());
        for (ServiceProcess service : services.all()) {
            service.awaitHealthy();
            progress.step();
        }
        progress.done();
        return services;
    }

    private Tally placeOrders(ServiceProcess orderService) throws InterruptedException {
        Ledger ledger = new Ledger(
                landscape.database(Landscape.ORDERS),
                landscape.database(Landscape.INVENTORY),
                new EventTopics(landscape.bootstrapServers()));
        Stock before = ledger.stock();
        Progress placing = Progress.start(out, "Placing " + options.orders() + " orders");
        new OrderLoad(orderService.url().resolve("/orders"), options.orders()).run(placing.every(options.orders()));
        placing.done();
        Progress deciding = Progress.start(out, "Waiting until every order is decided");
        new Decisions(ledger).await(deciding::step);
        deciding.done();
        return ledger.tally(options.orders(), before);
    }
}

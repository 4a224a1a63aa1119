package dev.outbox.chaos.redelivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * What comes to the topic, in this order; the same for the same seed:
 *
 * <ul>
 *   <li>new events, those of an account in their order;
 *   <li>one in ten of them once more, soon or after thousands of others;
 *   <li>zombies: relays that have lost their lane without knowing it, wake up far behind, and send a stretch of a partition
 *       again, in between what their successor sends.
 * </ul>
 *
 * One event in a hundred makes its handlers fail a few times, a handful of them until the handlers are fixed. For one
 * thread.
 */
final class Deliveries implements Iterator<AccountChanged> {

    static final int ACCOUNTS = 200;

    private static final int ONE_TWICE_IN = 10;
    private static final int LONGEST_DELAY = 3_000;
    private static final int ONE_ZOMBIE_IN = 2_000;
    private static final int FURTHEST_BEHIND = 20_000;
    private static final int LONGEST_STRETCH = 3_000;
    private static final int ONE_FAILING_IN = 100;
    private static final int MOST_FAILURES = 3;
    private static final int FAILING_ALWAYS = 5;

    private final SplittableRandom random;
    private final int events;
    private final int partitions;
    private final List<AccountChanged> ledger = new ArrayList<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final PriorityQueue<Repetition> repetitions =
            new PriorityQueue<>(Comparator.comparingInt(Repetition::due).thenComparing(Repetition::index));
    private final List<Iterator<AccountChanged>> zombies = new ArrayList<>();
    private int delivered;

    /**
     * @param seed of all chances
     * @param events how many different ones
     * @param partitions of the topic
     */
    Deliveries(long seed, int events, int partitions) {
        this.random = new SplittableRandom(seed);
        this.events = events;
        this.partitions = partitions;
    }

    /** {@return the partition of an account} */
    static int partition(String account, int partitions) {
        return Math.floorMod(account.hashCode(), partitions);
    }

    /** {@return all events that were delivered, each once, in the order of their first delivery} */
    List<AccountChanged> ledger() {
        return ledger;
    }

    /** {@return how many were delivered, repetitions included} */
    int delivered() {
        return delivered;
    }

    @Override
    public boolean hasNext() {
        return ledger.size() < events || !repetitions.isEmpty() || !zombies.isEmpty();
    }

    @Override
    public AccountChanged next() {
        if (!hasNext()) {
            throw new NoSuchElementException("All is delivered");
        }
        AccountChanged next = pick();
        delivered++;
        return next;
    }

    private AccountChanged pick() {
        boolean isLive = ledger.size() < events;
        Repetition repetition = repetitions.peek();
        if (repetition != null && (!isLive || repetition.due() <= delivered)) {
            repetitions.remove();
            return ledger.get(repetition.index());
        }
        if (!zombies.isEmpty() && (!isLive || random.nextInt(3) == 0)) {
            return ofZombie(random.nextInt(zombies.size()));
        }
        return live();
    }

    private AccountChanged ofZombie(int index) {
        Iterator<AccountChanged> zombie = zombies.get(index);
        AccountChanged stale = zombie.next();
        if (!zombie.hasNext()) {
            zombies.remove(index);
        }
        return stale;
    }

    private AccountChanged live() {
        int index = ledger.size();
        String account = "account-" + random.nextInt(ACCOUNTS);
        long number = numbers.merge(account, 1L, Long::sum);
        UUID change = new UUID(random.nextLong(), random.nextLong());
        AccountChanged event = new AccountChanged(account, number, change, failures(index));
        ledger.add(event);
        if (random.nextInt(ONE_TWICE_IN) == 0) {
            repetitions.add(new Repetition(delivered + random.nextInt(LONGEST_DELAY), index));
        }
        if (random.nextInt(ONE_ZOMBIE_IN) == 0) {
            wakeZombie();
        }
        return event;
    }

    private int failures(int index) {
        if (index % (events / FAILING_ALWAYS) == events / FAILING_ALWAYS / 2) {
            return AccountChanged.ALWAYS;
        }
        return random.nextInt(ONE_FAILING_IN) == 0 ? 1 + random.nextInt(MOST_FAILURES) : 0;
    }

    private void wakeZombie() {
        int partition = random.nextInt(partitions);
        int from = Math.max(0, ledger.size() - 1 - random.nextInt(FURTHEST_BEHIND));
        int to = Math.min(ledger.size(), from + LONGEST_STRETCH);
        List<AccountChanged> stretch = ledger.subList(from, to).stream()
                .filter(event -> partition(event.account(), partitions) == partition)
                .toList();
        if (!stretch.isEmpty()) {
            zombies.add(stretch.iterator());
        }
    }

    /**
     * An event that comes once more.
     *
     * @param due after how many deliveries
     * @param index its place in the ledger
     */
    private record Repetition(int due, int index) {}
}

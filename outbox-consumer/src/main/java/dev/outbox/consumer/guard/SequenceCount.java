package dev.outbox.consumer.guard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a consumer has come with one aggregate, including the current batch. It knows a hash of the id of each applied event:
 * those of the latest events are kept here, those of earlier events are known only if it is {@linkplain #recall told}. For use
 * by one thread.
 */
final class SequenceCount {

    /** An event stored under this hash is let in when it arrives. No id has this hash. */
    static final long LET_IN = 0;

    /** How many ids stay in the row of the aggregate, and above how many the others move out as a run. */
    private static final int KEPT = 32;

    private static final int FULL = 64;

    private final boolean lateStart;
    private final List<Long> recent = new ArrayList<>();
    private final Map<Long, Long> earlier = new HashMap<>();
    private final Map<Long, List<Long>> runs = new HashMap<>();
    private boolean stored;
    private boolean changed;
    private long last;
    private String lastId = "";
    private long assumedTo;
    private @Nullable Admission heldBack;

    SequenceCount(boolean lateStart) {
        this.lateStart = lateStart;
    }

    /** Loads what is stored. Events that an earlier release applied without keeping their ids count as applied. */
    void load(Stored row) {
        stored = true;
        last = row.last();
        lastId = row.lastId();
        assumedTo = row.assumedTo();
        if (row.recentTo() == last) {
            recent.addAll(row.recent());
        } else {
            addRun(row.recentTo() - row.recent().size() + 1, row.recent());
            assumedTo = last;
        }
    }

    /** {@return whether the id under a sequence may be in an earlier run} */
    boolean isEarlier(long sequence) {
        return stored && sequence <= last && sequence < firstRecent() && !(sequence == last && !lastId.isEmpty());
    }

    /** Adds the hash of the id of an earlier event. */
    void recall(long sequence, long hash) {
        earlier.put(sequence, hash);
    }

    /**
     * {@return the verdict on the event, which is counted if it is new; events after one that is held back are held back too}
     */
    Admission admit(long sequence, String id) {
        Admission judged = judge(sequence, id);
        return switch (judged) {
            case DUPLICATE -> judged;
            case FORK, LATE -> hold(judged);
            case GAP -> heldBack == null ? hold(judged) : heldBack;
            case NEW -> heldBack == null ? apply(sequence, id) : heldBack;
        };
    }

    /** {@return the verdict on the event, on its own} */
    Admission judge(long sequence, String id) {
        boolean begun = stored || changed;
        if (begun && sequence <= last) {
            return judgeEarlier(sequence, id);
        }
        return sequence == last + 1 || (!begun && lateStart) ? Admission.NEW : Admission.GAP;
    }

    /** Lets an event be the next, although others before it are missing. */
    void skipTo(long next) {
        addRun(firstRecent(), recent);
        recent.clear();
        standAt(next - 1);
    }

    /** Lets an event be the next, although others have been applied from there on. */
    void rewindTo(long next) {
        int kept = (int) Math.max(0, next - firstRecent());
        if (kept < recent.size()) {
            recent.subList(kept, recent.size()).clear();
        }
        assumedTo = Math.min(assumedTo, next - 1);
        standAt(next - 1);
    }

    boolean isStored() {
        return stored;
    }

    boolean isChanged() {
        return changed;
    }

    long last() {
        return last;
    }

    String lastId() {
        return lastId;
    }

    long assumedTo() {
        return assumedTo;
    }

    /** {@return the hashes that stay with the aggregate; the others become a run} */
    List<Long> recent() {
        if (recent.size() > FULL) {
            List<Long> old = recent.subList(0, recent.size() - KEPT);
            addRun(firstRecent(), old);
            old.clear();
        }
        return List.copyOf(recent);
    }

    /** {@return the runs of hashes that are to be stored separately, by their first sequence} */
    Map<Long, List<Long>> runs() {
        return runs;
    }

    private Admission judgeEarlier(long sequence, String id) {
        if (sequence == last && !lastId.isEmpty()) {
            return lastId.equals(id) ? Admission.DUPLICATE : Admission.FORK;
        }
        Long applied = sequence < firstRecent() ? earlier.get(sequence) : recent.get((int) (sequence - firstRecent()));
        if (applied == null) {
            return sequence <= assumedTo ? Admission.DUPLICATE : Admission.LATE;
        }
        if (applied == LET_IN) {
            return Admission.NEW;
        }
        return applied == hash(id) ? Admission.DUPLICATE : Admission.FORK;
    }

    private Admission apply(long sequence, String id) {
        boolean begun = stored || changed;
        changed = true;
        if (begun && sequence <= last) {
            earlier.put(sequence, hash(id));
            addRun(sequence, List.of(hash(id)));
            return Admission.NEW;
        }
        recent.add(hash(id));
        last = sequence;
        lastId = id;
        return Admission.NEW;
    }

    private void standAt(long sequence) {
        last = sequence;
        lastId = "";
        changed = true;
    }

    private long firstRecent() {
        return last - recent.size() + 1;
    }

    private void addRun(long first, List<Long> hashes) {
        if (!hashes.isEmpty()) {
            runs.put(first, List.copyOf(hashes));
        }
    }

    private Admission hold(Admission admission) {
        heldBack = admission;
        return admission;
    }

    private static long hash(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            long hash = ByteBuffer.wrap(digest).getLong();
            return hash == LET_IN ? 1 : hash;
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }

    /**
     * What is stored about an aggregate.
     *
     * @param last sequence of the last applied event
     * @param lastId its id; empty if another event was let in behind it
     * @param assumedTo up to which sequence an event whose id is not known counts as applied
     * @param recentTo sequence of the last recent id
     * @param recent hashes of the recent ids
     */
    record Stored(long last, String lastId, long assumedTo, long recentTo, List<Long> recent) {}
}

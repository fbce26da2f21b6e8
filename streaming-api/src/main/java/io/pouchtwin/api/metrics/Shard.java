package io.pouchtwin.api.metrics;

/**
 * A part of the cells, chosen by the hash of the name: a cell stays in its shard as long as the number of shards stays.
 *
 * @param index from 0
 * @param count how many shards there are
 */
public record Shard(int index, int count) {
    /** All cells. */
    public static final Shard WHOLE = new Shard(0, 1);

    /** Checks both. */
    public Shard {
        if (count < 1 || index < 0 || index >= count) {
            throw new IllegalArgumentException("shard " + index + " of " + count + ", expected 0 to count - 1");
        }
    }

    boolean holds(String cell) {
        // names of a row differ in their last digit only: spread the hash's bits before they are cut
        int hash = cell.hashCode() * 0x9E3779B9;
        return Math.floorMod(hash >>> 8, count) == index;
    }
}

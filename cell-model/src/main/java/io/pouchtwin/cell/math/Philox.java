package io.pouchtwin.cell.math;

/**
 * Counter-based random numbers, Philox 4x32 with ten rounds: a draw is a function of (seed, cell, member, step, stream) and of nothing else, so it does not matter who draws first, on which thread or node, or after which crash.
 *
 * <p>Key: the 64 bits of the seed mixed with the cell. Counter: member (16 bits), stream (16 bits), block (32 bits), step (64 bits). Stateless; any thread may use it.
 *
 * @see "J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3, SC'11 (2011), section 4.3"
 */
public final class Philox {
    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long LOW = 0xffff_ffffL;
    /** 2^-52: spacing of the uniform draws. */
    private static final double UNIT = 0x1p-52;

    private final int key0;
    private final int key1;

    private Philox(int key0, int key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /**
     * The generator of one cell.
     *
     * @param seed what the run is to be repeatable by
     * @param cell name of the cell; equal names give equal draws
     */
    public static Philox of(long seed, String cell) {
        // FNV-1a over the UTF-16 units, then the finaliser of MurmurHash3 so that near seeds give far keys
        long h = 0xcbf29ce484222325L ^ seed;
        for (int i = 0; i < cell.length(); i++) {
            h = (h ^ cell.charAt(i)) * 0x100000001b3L;
        }
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        h ^= h >>> 33;
        return new Philox((int) h, (int) (h >>> 32));
    }

    /**
     * Uniform on the open interval (0, 1).
     *
     * @param member number of the ensemble member, 0 to 65535
     * @param step number of the step
     * @param stream which use of randomness, 0 to 65535; draws of different streams are independent
     * @param index which draw of that member, step and stream
     */
    public double uniform(int member, long step, int stream, int index) {
        long bits = bits(member, step, stream, index);
        return ((double) (bits >>> 12) + 0.5) * UNIT;
    }

    /** Standard normal; arguments as for {@link #uniform}. */
    public double normal(int member, long step, int stream, int index) {
        return NormalQuantile.of(uniform(member, step, stream, index));
    }

    /** Fills y[m] with the standard normal draw of member m, for m below n. */
    public void normalRow(double[] y, int n, long step, int stream, int index) {
        for (int m = 0; m < n; m++) {
            y[m] = NormalQuantile.of(uniform(m, step, stream, index));
        }
    }

    /** 64 random bits; arguments as for {@link #uniform}. */
    public long bits(int member, long step, int stream, int index) {
        return block(
                key0,
                key1,
                (member & 0xffff) | (stream << 16),
                index >>> 1,
                (int) step,
                (int) (step >>> 32),
                index & 1);
    }

    /** One half (0: words 0 and 1, 1: words 2 and 3) of the block that key and counter give. */
    static long block(int key0, int key1, int counter0, int counter1, int counter2, int counter3, int half) {
        int k0 = key0;
        int k1 = key1;
        int c0 = counter0;
        int c1 = counter1;
        int c2 = counter2;
        int c3 = counter3;
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = (MULTIPLIER_0 & LOW) * (c0 & LOW);
            long p1 = (MULTIPLIER_1 & LOW) * (c2 & LOW);
            c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c1 = (int) p1;
            c3 = (int) p0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        int low = half == 0 ? c0 : c2;
        int high = half == 0 ? c1 : c3;
        return (low & LOW) | ((long) high << 32);
    }
}

package io.pouchtwin.cell.parameters;

/** Standard normal deviates that are a function of a seed and a name alone. */
final class KeyedDraw {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private KeyedDraw() {}

    /** The seed itself at first, then others that follow from it. */
    static long retry(long seed, int attempt) {
        return attempt == 0 ? seed : mix(seed ^ mix(attempt));
    }

    /** Box-Muller on two uniform numbers hashed from seed and name; held within 3 standard deviations. */
    static double normal(long seed, String name) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }
        double u1 = uniform(mix(seed + GOLDEN) ^ hash);
        double u2 = uniform(mix(seed + 2 * GOLDEN) ^ hash);
        double deviate = StrictMath.sqrt(-2 * StrictMath.log(u1)) * StrictMath.cos(2 * Math.PI * u2);
        return Math.min(Math.max(deviate, -3), 3);
    }

    /** Open interval (0, 1). */
    private static double uniform(long bits) {
        return ((mix(bits) >>> 12) + 0.5) * 0x1p-52;
    }

    /** Finaliser of SplitMix64. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}

package io.pouchtwin.cell.ageing;

/** Says what one cycle looks like for a cell in a given slow state; in practice by simulating it. May keep the fast state of the last cycle to start from. */
@FunctionalInterface
public interface CycleOracle {
    /** Resolves a cycle of a cell in this slow state. */
    ResolvedCycle resolve(SlowState state);

    /**
     * One cycle.
     *
     * @param load what it asked of the cell
     * @param dischargeCPerM2 charge that the discharge delivered [C/m2]
     */
    record ResolvedCycle(CycleStress load, double dischargeCPerM2) {}
}

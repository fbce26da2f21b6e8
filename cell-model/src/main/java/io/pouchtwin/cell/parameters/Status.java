package io.pouchtwin.cell.parameters;

/** How well founded a value is. */
public enum Status {
    /** Stated by the paper that the cells come from. */
    PAPER,
    /** From other published work. */
    LITERATURE,
    /** Adjusted so that the model reproduces measured values that the source names. */
    FITTED,
    /** A judgement; its spread says how wide. */
    ASSUMED
}

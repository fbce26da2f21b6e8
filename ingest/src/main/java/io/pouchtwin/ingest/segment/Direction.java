package io.pouchtwin.ingest.segment;

/** Which way a step moves charge. */
enum Direction {
    CHARGE(1),
    DISCHARGE(-1),
    NONE(0),
    /** Either way within the step: the current's sign tells. */
    BY_CURRENT(0);

    private final int sign;

    Direction(int sign) {
        this.sign = sign;
    }

    /** 1 on charge, -1 on discharge; where the step does not tell, by the current [A, positive on charge]. */
    int sign(double currentA) {
        return this == BY_CURRENT ? (int) Math.signum(currentA) : sign;
    }

    /** Whether the whole step goes one way, so that its charge can be checked against the current. */
    boolean steady() {
        return this == CHARGE || this == DISCHARGE;
    }
}

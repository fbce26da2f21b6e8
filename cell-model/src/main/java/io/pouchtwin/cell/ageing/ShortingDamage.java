package io.pouchtwin.cell.ageing;

/**
 * Damage that plating close to the critical current density accumulates; at 1 a typical cell is shorted.
 *
 * <pre>d(omega)/dt = (1 / t_c) (i / CCD)^m   while plating</pre>
 *
 * so that a symmetric cell, which plates at all times on one side or the other, lives t_c (CCD / i)^m. The deterministic middle of what is in truth a hazard: it carries neither scatter nor area.
 *
 * @param criticalCurrentDensity CCD [A/m2]
 * @param lifeAtCriticalS t_c: life at i = CCD [s]
 * @param exponent m [1]
 */
public record ShortingDamage(double criticalCurrentDensity, double lifeAtCriticalS, double exponent) {
    /** Damage per time [1/s] while plating at a current density [A/m2]. */
    public double rate(double currentDensity) {
        return PowerLaw.of(currentDensity, criticalCurrentDensity, exponent) / lifeAtCriticalS;
    }

    /** Damage of one cycle. */
    public double perCycle(CycleStress load) {
        return rate(load.platingCurrentDensity()) * load.platingS();
    }

    /** Life of a symmetric cell at a current density [s]. */
    public double symmetricLifeS(double currentDensity) {
        return 1 / rate(currentDensity);
    }
}

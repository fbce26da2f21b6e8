package io.pouchtwin.cell.ageing;

/**
 * All mechanisms of one cell design with their constants, and the books that they share.
 *
 * <p>Lithium is bound in the film and left behind dead; both are taken from the balance. Lost cathode material frees what it has given off. The film's growth uses up electrolyte. Film and dead layer add resistance.
 *
 * @param film interphase on lithium
 * @param dead dead lithium
 * @param contact contact between lithium and membrane
 * @param cathode loss of active material
 * @param electrolyte consumption of electrolyte
 * @param shorting damage towards a short
 */
public record AgeingLaws(
        SeiFilm film,
        DeadLithium dead,
        ContactLoss contact,
        CathodeLoss cathode,
        ElectrolyteConsumption electrolyte,
        ShortingDamage shorting) {
    /** The same with another law of damage. */
    public AgeingLaws withShorting(ShortingDamage other) {
        return new AgeingLaws(film, dead, contact, cathode, electrolyte, other);
    }

    /** Change over one cycle of a cell in this state. */
    public SlowState perCycle(SlowState state, CycleStress load) {
        double bound = film.perCycle(state.filmChargeCPerM2(), load);
        double died = dead.perCycle(load);
        return new SlowState(
                bound,
                died,
                cathode.freedPerCycle(load) - bound - died,
                contact.settlingPerCycle(state.contactExcess()),
                contact.perCycle(state.contactUtilisation(), load),
                cathode.perCycle(state.activeFraction(), load),
                -electrolyte.used(bound),
                shorting.perCycle(load));
    }

    /** Resistance that film and dead lithium add to a fresh cell's [ohm m2]. */
    public double addedResistanceOhmM2(SlowState state) {
        return film.resistanceOhmM2(state.filmChargeCPerM2()) + dead.resistanceOhmM2(state.deadChargeCPerM2());
    }

    /** Membrane resistance relative to a fresh cell's. */
    public double membraneFactor(SlowState state) {
        return electrolyte.resistanceFactor(state.electrolyteLeft());
    }
}

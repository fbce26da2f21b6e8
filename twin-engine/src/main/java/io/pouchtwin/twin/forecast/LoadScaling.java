package io.pouchtwin.twin.forecast;

import io.pouchtwin.cell.ageing.AgeingLaws;
import io.pouchtwin.cell.ageing.CycleStress;
import io.pouchtwin.cell.ageing.SlowState;
import java.util.List;

/**
 * How much faster a load ages the cell than the one its rates were learnt under, member by member: the ratio of what the calibrated laws say of both. The laws' own constants cancel but for exponents and activation energies.
 */
final class LoadScaling {
    private final List<AgeingLaws> laws;
    private final double areaM2;
    private final double arealChargeCPerM2;
    private final double[] film;
    private final double[] cathode;

    /**
     * Relative to a reference.
     *
     * @param laws of each member
     * @param areaM2 of the electrode
     * @param arealChargeCPerM2 of the cathode per unit of stoichiometry
     * @param reference load that counts as 1
     * @param chargeC of a half cycle under it
     * @param temperatureK mean under it
     */
    LoadScaling(
            List<AgeingLaws> laws,
            double areaM2,
            double arealChargeCPerM2,
            Programme reference,
            double chargeC,
            double temperatureK) {
        this.laws = List.copyOf(laws);
        this.areaM2 = areaM2;
        this.arealChargeCPerM2 = arealChargeCPerM2;
        film = new double[laws.size()];
        cathode = new double[laws.size()];
        CycleStress load = load(reference, chargeC, 1, temperatureK);
        for (int j = 0; j < film.length; j++) {
            film[j] = film(j, load);
            cathode[j] = cathode(j, load);
        }
    }

    private CycleStress load(Programme programme, double chargeC, double active, double temperatureK) {
        double q = Math.max(1, chargeC / areaM2);
        return new CycleStress(
                programme.chargeA() / areaM2,
                programme.dischargeA() / areaM2,
                q,
                q,
                Math.min(1, q / (arealChargeCPerM2 * active)),
                temperatureK,
                programme.restS());
    }

    private double film(int member, CycleStress load) {
        return laws.get(member).film().perCycle(1e4, load)
                + laws.get(member).dead().perCycle(load);
    }

    private double cathode(int member, CycleStress load) {
        SlowState fresh = SlowState.fresh(1e5);
        return -laws.get(member).cathode().perCycle(fresh.activeFraction(), load);
    }

    /** Growth of resistance of a member under a load over that under the reference. */
    double growth(int member, Programme programme, double chargeC, double temperatureK) {
        return film[member] > 0 ? film(member, load(programme, chargeC, 1, temperatureK)) / film[member] : 1;
    }

    /** Loss of active material of a member under a load over that under the reference. */
    double loss(int member, Programme programme, double chargeC, double active, double temperatureK) {
        return cathode[member] > 0
                ? cathode(member, load(programme, chargeC, active, temperatureK)) / cathode[member]
                : 1;
    }
}

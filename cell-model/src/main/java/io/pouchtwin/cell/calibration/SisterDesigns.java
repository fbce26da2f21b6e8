package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.ageing.CycleLife;
import io.pouchtwin.cell.ageing.CyclingProtocol;
import io.pouchtwin.cell.ageing.LithiumInventory;
import io.pouchtwin.cell.ageing.ReducedCycler;
import io.pouchtwin.cell.ageing.SlowState;
import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.PaperFacts;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.ReducedCell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Posteriors of designs that the paper gives little or nothing to fit for: what they share with a fitted cell (membrane, lithium, contact, film, mechanisms of ageing) is taken from its members, correlations kept; what is their own
 * comes from the spreads that their parameter files state.
 */
final class SisterDesigns {
    /** A cathode of another chemistry ages at a rate known only by its order: standard deviation of the logarithm, added to what the fitted cell's members have. */
    static final double FOREIGN_CATHODE_LOSS_SIGMA = 0.7;

    private static final int MOST_DRAWS_PER_MEMBER = 40;
    private static final double LRM_CYCLES = 120;
    private static final double LRM_RATE = 0.5;

    private final ParameterLibrary library = ParameterLibrary.shipped();
    private final long seed;

    SisterDesigns(long seed) {
        this.seed = seed;
    }

    /** A parameter of the posterior's rows and the value of a parameter file that it follows, to a power. */
    private record Own(MemberParameter parameter, String key, int power) {}

    private static final List<Own> LOADING =
            List.of(new Own(MemberParameter.ACTIVE_FRACTION_FACTOR, "cathode.loading", 1));
    private static final List<Own> PORES =
            List.of(new Own(MemberParameter.PORE_TRANSPORT_FACTOR, "cathode.transport_efficiency", 1));
    private static final List<Own> MATERIAL = List.of(
            new Own(MemberParameter.DIFFUSIVITY_FACTOR, "cathode.diffusivity.reference", 1),
            new Own(MemberParameter.DIFFUSIVITY_FACTOR, "cathode.diffusivity.prefactor", 1),
            new Own(MemberParameter.DIFFUSIVITY_FACTOR, "cathode.particle_radius", -2),
            new Own(MemberParameter.CATHODE_EXCHANGE_FACTOR, "cathode.exchange_current.prefactor", 1),
            new Own(MemberParameter.CATHODE_EXCHANGE_FACTOR, "cathode.particle_radius", -1));

    /** All of them. */
    List<Posterior> of(Posterior coin, Posterior pouch) {
        return List.of(
                sister(
                        coin,
                        "coin-ncm523-ppla-15mg",
                        List.of(LOADING, PORES),
                        "fitted together with coin-ncm523-ppla (fact:load15.PPLA): its members with the loading and pore transport of this design's own spread",
                        row -> true),
                sister(
                        pouch,
                        "pouch-5c-ncm523-ppla",
                        List.of(LOADING),
                        "no data of its own: material, contact, film and ageing of pouch-ncm523-ppla, loading from this design's own spread",
                        row -> true),
                sister(
                        pouch,
                        "pouch-ncm811-ppla",
                        List.of(LOADING, PORES, MATERIAL),
                        "no data to fit: cathode from this design's own spread, cathode loss that of the NCM523 pouch with a standard deviation of its logarithm of "
                                + FOREIGN_CATHODE_LOSS_SIGMA
                                + " more; membrane, lithium, contact, film and the rest of ageing of pouch-ncm523-ppla",
                        row -> true),
                lithiumRich(coin));
    }

    private Posterior lithiumRich(Posterior coin) {
        String design = "coin-lrm-ppla";
        double least = CoinFacts.number(PaperFacts.load(), "lrm.PPLA");
        ReducedCell cell = ReducedCell.of(library.cell(design));
        return sister(
                coin,
                design,
                List.of(LOADING, PORES, MATERIAL),
                "one fact, a bound: members that keep less than " + least
                        + " % after 120 cycles at 0.5 C (fact:lrm.PPLA) were drawn anew; cathode from this design's own spread, cathode loss that of NCM523 with a standard deviation of its logarithm of "
                        + FOREIGN_CATHODE_LOSS_SIGMA
                        + " more; membrane, lithium, contact, film and the rest of ageing of coin-ncm523-ppla",
                row -> retention(cell, coin, row) >= least);
    }

    /** Retention after the test's cycles [%] of a cell in the columns of a posterior. */
    private static double retention(ReducedCell cell, Posterior columns, double[] row) {
        CellParameters p = cell.parameters();
        ReducedCycler cycler = new ReducedCycler(
                cell,
                columns.variation(row),
                columns.laws(row, p.lithium()),
                CyclingProtocol.symmetric(
                        LRM_RATE * p.oneCAmpere(),
                        p.window().voltageMinV(),
                        p.window().voltageMaxV(),
                        CoinProblem.AMBIENT_K));
        CycleLife.Life life = CycleLife.run(
                columns.laws(row, p.lithium()),
                SlowState.fresh(LithiumInventory.ofFoil(
                                p.lithium().thicknessM(), p.lithium().molarVolumeM3PerMol())
                        .foilCPerM2()),
                cycler,
                new CycleLife.Limits(LRM_CYCLES, 0.05, false),
                CycleLife.Stepping.fixed(4));
        return 100 * life.retention(LRM_CYCLES);
    }

    private Posterior sister(
            Posterior fitted, String design, List<List<Own>> own, String basis, Predicate<double[]> plausible) {
        ParameterSet set = library.load(design);
        Philox random = Philox.of(seed, design);
        List<Own> all = own.stream().flatMap(List::stream).toList();
        boolean foreign = own.contains(MATERIAL);
        List<double[]> rows = new ArrayList<>();
        for (int k = 0; k < fitted.members().size(); k++) {
            rows.add(member(fitted, k, set, all, foreign, random, plausible));
        }
        Map<String, String> provenance = new LinkedHashMap<>(fitted.provenance());
        provenance.put("basis", basis);
        return new Posterior(
                design,
                provenance,
                fitted.columns(),
                row(fitted, fitted.mostProbable(), set, set, all, foreign, 0),
                List.copyOf(rows));
    }

    private static double[] member(
            Posterior fitted,
            int number,
            ParameterSet set,
            List<Own> own,
            boolean foreign,
            Philox random,
            Predicate<double[]> plausible) {
        for (int attempt = 0; attempt < MOST_DRAWS_PER_MEMBER; attempt++) {
            double[] row = row(
                    fitted,
                    fitted.members().get(number),
                    set,
                    set.draw(random.bits(number, attempt, 0, 0)),
                    own,
                    foreign,
                    random.normal(number, attempt, 1, 0));
            if (plausible.test(row)) {
                return row;
            }
        }
        throw new IllegalStateException(set.design() + ": member " + number + " misses its facts in "
                + MOST_DRAWS_PER_MEMBER + " draws; the spreads of the parameter file do not fit them");
    }

    private static double[] row(
            Posterior fitted,
            double[] of,
            ParameterSet nominal,
            ParameterSet drawn,
            List<Own> own,
            boolean foreign,
            double deviate) {
        double[] row = of.clone();
        for (Own o : own) {
            row[fitted.index(Posterior.column(o.parameter()))] = 1;
        }
        if (foreign) {
            row[fitted.index(Posterior.column(MemberParameter.DIFFUSIVITY_SLOPE_CHANGE))] = 0;
            row[fitted.index("cathode_loss_per_cycle")] *= Elementary.exp(FOREIGN_CATHODE_LOSS_SIGMA * deviate);
            row[fitted.index("upper_voltage_v")] = nominal.si("window.voltage_max");
        }
        for (Own o : own) {
            if (nominal.find(o.key()).isPresent()) {
                double ratio = drawn.si(o.key()) / nominal.si(o.key());
                for (int k = 0; k < Math.abs(o.power()); k++) {
                    row[fitted.index(Posterior.column(o.parameter()))] *= o.power() > 0 ? ratio : 1 / ratio;
                }
            }
        }
        return row;
    }
}

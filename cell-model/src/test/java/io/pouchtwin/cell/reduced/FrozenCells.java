package io.pouchtwin.cell.reduced;

import io.pouchtwin.cell.ArrheniusLaw;
import io.pouchtwin.cell.CathodeExchangeCurrent;
import io.pouchtwin.cell.ElectrolyteTransport;
import io.pouchtwin.cell.EntropicCoefficient;
import io.pouchtwin.cell.LithiumExchangeCurrent;
import io.pouchtwin.cell.PolynomialExponentialOcv;
import io.pouchtwin.cell.SolidDiffusivity;
import io.pouchtwin.cell.TanhSumOcv;
import io.pouchtwin.cell.parameters.CellKind;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.CellParameters.Thermal;
import io.pouchtwin.cell.parameters.CellParameters.ThermalModel;
import java.util.Optional;

/** Two cells that use every law between them and never change, whatever becomes of the shipped parameter sets: the golden bits rest on them. */
final class FrozenCells {
    private static final double T_REF_K = 298.15;

    private FrozenCells() {}

    /** Thick, tanh curve with entropy, Gaussian diffusivity, constant electrolyte, core and surface. */
    static CellParameters thick() {
        var cathode = new CellParameters.Cathode(
                new CellParameters.Layer(74e-6, 0.3, 0.5),
                0.6,
                4950,
                10,
                51765,
                5.22e-6,
                new TanhSumOcv(
                        4.4875,
                        -0.809,
                        new double[] {-0.0428, -17.7326, 17.5842},
                        new double[] {18.5138, 15.789, 15.9308},
                        new double[] {0.5542, 0.3117, 0.312},
                        0,
                        1),
                new EntropicCoefficient(
                        new double[] {0.04006e-3, -0.06656e-3},
                        new double[] {0.2828, 0.8032},
                        new double[] {0.0009855, 0.02179}),
                new SolidDiffusivity.LogGaussian(
                        2.7,
                        -13.96,
                        new double[] {0.9231, 0.4066, 0.993},
                        new double[] {0.3216, 0.4532, 0.8098},
                        new double[] {0.002534, 0.003926, 0.09924},
                        new ArrheniusLaw(12047, T_REF_K)),
                new CathodeExchangeCurrent(5.028, 0.57, 0.43, 0.57, new ArrheniusLaw(24010, T_REF_K)));
        var electrolyte = new CellParameters.Electrolyte(
                new ElectrolyteTransport.Constant(0.113, 7.2e-12, new ArrheniusLaw(11675, T_REF_K)), 0.86, 1000);
        return cell(
                "frozen-thick",
                0.028,
                4320,
                electrolyte,
                cathode,
                new Thermal(ThermalModel.CORE_SURFACE, T_REF_K, 11.5, 0.06, 0.6, 0.3));
    }

    /** Thin, polynomial curve, exponential diffusivity, concentrated electrolyte, one temperature. */
    static CellParameters thin() {
        var cathode = new CellParameters.Cathode(
                new CellParameters.Layer(42e-6, 0.331, 0.19),
                0.518,
                4700,
                54.7,
                48230,
                5.3e-6,
                new PolynomialExponentialOcv(
                        new double[] {4.3452, -1.6518, 1.6225, -2.0843, 3.5146, -2.2166},
                        0.5623e-4,
                        109.451,
                        1,
                        100.006,
                        0,
                        1),
                EntropicCoefficient.zero(),
                new SolidDiffusivity.Exponential(1e-14, 4, 0.6, new ArrheniusLaw(25000, T_REF_K)),
                new CathodeExchangeCurrent(8.476, 0.5, 0.5, 0.5, new ArrheniusLaw(39570, T_REF_K)));
        var electrolyte = new CellParameters.Electrolyte(new ElectrolyteTransport.Valoen2005(), 0.38, 1000);
        return cell(
                "frozen-thin",
                1.54e-4,
                8.64,
                electrolyte,
                cathode,
                new Thermal(ThermalModel.LUMPED, T_REF_K, 1.6, 0.01, 1, 0.5));
    }

    private static CellParameters cell(
            String name,
            double area,
            double charge,
            CellParameters.Electrolyte electrolyte,
            CellParameters.Cathode cathode,
            Thermal thermal) {
        var lithium = new CellParameters.Lithium(
                20e-6,
                1.3e-5,
                new LithiumExchangeCurrent(2.3, 0.3, new ArrheniusLaw(35000, T_REF_K)),
                8e-5,
                new ArrheniusLaw(35000, T_REF_K),
                0.03,
                0.5,
                0.993);
        return new CellParameters(
                name,
                CellKind.HALF_CELL,
                T_REF_K,
                area,
                charge,
                electrolyte,
                new CellParameters.Layer(8.4e-6, 1, 1),
                lithium,
                Optional.of(cathode),
                8e-5,
                new CellParameters.Window(2.8, 4.35, 253.15, 353.15),
                thermal);
    }
}

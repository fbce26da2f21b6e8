package io.pouchtwin.cell.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.ageing.AgeingLaws;
import io.pouchtwin.cell.calibration.CoinProblem.Test;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

class CoinProblemTest {
    private static CoinProblem problem;
    private static double[] values;
    private static double[] predictions;

    @BeforeAll
    static void predict() {
        problem = new CoinProblem();
        values = problem.values(CoinProblem.start());
        predictions = problem.predict(values);
    }

    private static double prediction(String key) {
        for (int k = 0; k < predictions.length; k++) {
            if (problem.data().get(k).key().equals(key)) {
                return predictions[k];
            }
        }
        throw new IllegalArgumentException(key);
    }

    @org.junit.jupiter.api.Test
    void thereIsOnePredictionPerFact() {
        assertThat(predictions).hasSameSizeAs(problem.data().toArray());
        assertThat(Arrays.stream(predictions).allMatch(Double::isFinite)).isTrue();
    }

    @org.junit.jupiter.api.Test
    void theParameterFilesAloneAlreadyGiveTheRateTable() {
        for (int k = 0; k < CoinProblem.RATES.length; k++) {
            assertThat(predictions[k]).isCloseTo(problem.data().get(k).value(), within(2.5));
        }
    }

    @org.junit.jupiter.api.Test
    void aPoorContactCostsCapacityAtTenC() {
        assertThat(prediction("start_10C")).isLessThan(prediction("rate_10C") - 5);
    }

    @org.junit.jupiter.api.Test
    void thePoorerMembraneAgesFaster() {
        assertThat(prediction("ppl_1C_500")).isLessThan(prediction("ppla_1C_500") - 10);
    }

    @org.junit.jupiter.api.Test
    void symmetricLivesAreOrderedLikeTheCriticalCurrents() {
        assertThat(prediction("symmetric_ppla")).isGreaterThan(prediction("symmetric_ppl"));
        assertThat(prediction("symmetric_ppl")).isGreaterThan(prediction("symmetric_pl"));
    }

    @org.junit.jupiter.api.Test
    void rememberedPartsChangeNoResult() {
        double fresh =
                problem.live(values, Test.PPLA_5C, 1000, CoinProblem.LIFE_STEPS).retention(1000);
        assertThat(prediction("ppla_5C_1000")).isEqualTo(100 * fresh);
        assertThat(problem.predict(values)).containsExactly(predictions);
        assertThat(new CoinProblem().predict(values)).containsExactly(predictions);
    }

    @org.junit.jupiter.api.Test
    void everyUnknownIsNamedOnceAndHasASource() {
        List<String> names = problem.unknowns().stream().map(Unknown::name).toList();
        assertThat(names).doesNotHaveDuplicates();
        assertThat(problem.unknowns()).allSatisfy(u -> assertThat(u.source()).isNotBlank());
    }

    @org.junit.jupiter.api.Test
    void loadingByScalingAgreesWithTheFullOrderCellThatReallyCarriesIt() {
        double[] v = problem.values(new double[problem.unknowns().size()]);
        double[] heavier = v.clone();
        heavier[List.of(CoinUnknown.values()).indexOf(CoinUnknown.LOADING)] = 1.3;
        AgeingLaws laws = problem.laws(v, CoinCells.Membrane.PPLA);
        double full = problem.fullOrderRates(heavier).capacity(5, laws)
                - problem.fullOrderRates(v).capacity(5, laws);
        double reduced = problem.rateCapacity(heavier, 5) - problem.rateCapacity(v, 5);
        assertThat(reduced).isNegative().isCloseTo(full, within(0.5));
    }
}

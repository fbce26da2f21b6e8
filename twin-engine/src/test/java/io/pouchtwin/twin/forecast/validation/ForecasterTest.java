package io.pouchtwin.twin.forecast.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastBasis;
import io.pouchtwin.contracts.v1.ForecastPoint;
import io.pouchtwin.contracts.v1.ForecastRequest;
import io.pouchtwin.contracts.v1.ForecasterState;
import io.pouchtwin.contracts.v1.Quantiles;
import io.pouchtwin.twin.forecast.DesignKnowledge;
import io.pouchtwin.twin.forecast.Forecaster;
import io.pouchtwin.twin.forecast.ShortRule;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a full-order cell that loses its cathode, twelve cycles long. */
class ForecasterTest {
    private static List<ForecastBasis> cycles = List.of();
    private static DesignKnowledge knowledge = LifeScore.knowledge(Fate.draw(Fate.Mode.CATHODE, 1));

    @BeforeAll
    static void live() {
        cycles = TwelveCycles.bases();
    }

    private static Forecaster fresh() {
        return Forecaster.begin("cell", knowledge, ShortRule.standard());
    }

    private static Forecast last(Forecaster forecaster, List<ForecastBasis> bases) {
        Forecast last = Forecast.getDefaultInstance();
        for (ForecastBasis basis : bases) {
            last = forecaster.accept(basis, List.of()).orElse(last);
        }
        return last;
    }

    @Test
    void quantilesAscendAndCapacityFalls() {
        Forecast forecast = last(fresh(), cycles);

        assertThat(forecast.getPointsList()).hasSizeGreaterThan(10);
        for (ForecastPoint point : forecast.getPointsList()) {
            Quantiles q = point.getCapacityAh();
            assertThat(List.of(q.getP05(), q.getP25(), q.getP50(), q.getP75(), q.getP95()))
                    .isSorted();
        }
        assertThat(forecast.getPoints(12).getCapacityAh().getP50())
                .isLessThan(forecast.getPoints(0).getCapacityAh().getP50());
        assertThat(forecast.getDendrite().getWarning()).contains("times the critical current density");
        assertThat(forecast.getDendrite().getIsIndex()).isTrue();
        // charge, rest, discharge, rest in each of twelve cycles
        assertThat(forecast.getStepCount()).isEqualTo(48);
    }

    @Test
    void findsHowFastThisCellLosesItsCathode() {
        Forecast forecast = last(fresh(), cycles);

        assertThat(forecast.getRates().getCathodeLossPerCycle().getValue())
                .isCloseTo(Fate.draw(Fate.Mode.CATHODE, 1).lossPerCycle(), Offset.offset(1.5e-3));
        assertThat(forecast.getTo80Percent().getCycles().getP50()).isBetween(25.0, 75.0);
    }

    @Test
    void goesOnToTheBitFromWhereItWasSaved() throws InvalidProtocolBufferException {
        Forecaster undisturbed = fresh();
        Forecaster first = fresh();
        last(first, cycles.subList(0, 7));
        byte[] saved = first.save().toByteArray();
        Forecaster second = Forecaster.restore(ForecasterState.parseFrom(saved), knowledge, ShortRule.standard());

        assertThat(last(second, cycles.subList(7, cycles.size())).toByteArray())
                .isEqualTo(last(undisturbed, cycles).toByteArray());
    }

    @Test
    void aWarmerCellLivesShorter() {
        Forecaster forecaster = fresh();
        Forecast running = last(forecaster, cycles);
        Forecast warm = forecaster
                .whatIf(ForecastRequest.newBuilder().setAmbientDegc(45).build())
                .orElseThrow();

        assertThat(warm.getWhatIf()).isTrue();
        assertThat(warm.getTo80Percent().getCycles().getP50())
                .isLessThan(running.getTo80Percent().getCycles().getP50());
    }

    @Test
    void aProgrammeThatMakesNoSenseIsRefusedByName() {
        Forecaster forecaster = fresh();
        last(forecaster, cycles);

        assertThatThrownBy(() -> forecaster.whatIf(
                        ForecastRequest.newBuilder().setChargeCurrentA(-1).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("charge_current_a: -1.0, expected above 0");
    }

    @Test
    void whatRunsBeyondTheDesignsWindowIsNotHeldAgainstARequestThatLeavesIt() {
        Forecaster forecaster = fresh();
        last(
                forecaster,
                cycles.stream()
                        .map(basis -> basis.toBuilder()
                                .setVoltageMinV(basis.getVoltageMinV() - 0.2)
                                .build())
                        .toList());

        assertThat(forecaster.whatIf(
                        ForecastRequest.newBuilder().setAmbientDegc(30).build()))
                .isPresent();
        assertThatThrownBy(() -> forecaster.whatIf(
                        ForecastRequest.newBuilder().setVoltageMinV(2.6).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("voltage_min_v: 2.6, expected at least 2.8, the design's lower limit");
    }

    @Test
    void scoresWhatItForecastOneCycleBefore() {
        Forecast forecast = last(fresh(), cycles);

        assertThat(forecast.getCellRecord().getScored()).isGreaterThan(8);
        assertThat(forecast.getCellRecord().getMedianRms()).isLessThan(0.02);
        assertThat(forecast.getCellRecord().getCrps()).isBetween(0.0, 0.02);
    }
}

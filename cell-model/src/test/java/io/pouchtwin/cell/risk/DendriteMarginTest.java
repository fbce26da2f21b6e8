package io.pouchtwin.cell.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pouchtwin.cell.parameters.ParameterLibrary;
import java.util.Locale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DendriteMarginTest {
    private static final double POUCH_M2 = 297e-4;

    @Test
    void saysAloudThatFiveCOnTwentyTwoMilligramsIsTenTimesTheCriticalCurrent() {
        PlatingLoad fiveC = new PlatingLoad(220, 4.03 * 36_000, 298.15, POUCH_M2);

        DendriteMargin margin =
                DendriteMargin.of(Membrane.PPLA, fiveC, HazardFit.toThePaper().laws(64), 1190);

        assertThat(margin.currentOverReported()).isCloseTo(10.4, Offset.offset(0.1));
        assertThat(margin.warning())
                .contains("22.0 mA/cm2 is 10.4 times the critical current density of 2.11 mA/cm2 that is reported");
        assertThat(margin.currentOverCritical().middle()).isGreaterThan(2);
    }

    @Test
    void isSilentWellBelowTheCriticalCurrent() {
        PlatingLoad gentle = new PlatingLoad(5, 18_000, 298.15, ShortLaw.REFERENCE_AREA_M2);

        assertThat(DendriteMargin.of(
                                Membrane.PPLA, gentle, HazardFit.toThePaper().laws(64), 1190)
                        .warning())
                .isEmpty();
    }

    @Test
    void ofALargeCellIsSmallerThanOfACoin() {
        PlatingLoad coin = new PlatingLoad(8.8, 36_000, 298.15, ShortLaw.REFERENCE_AREA_M2);
        PlatingLoad pouch = new PlatingLoad(8.8, 36_000, 298.15, POUCH_M2);

        for (ShortLaw law : HazardFit.toThePaper().laws(16)) {
            assertThat(law.effectiveCritical(Membrane.PPLA, pouch))
                    .isLessThan(law.effectiveCritical(Membrane.PPLA, coin));
        }
    }

    @Test
    void limitingCurrentOfTheMembraneIsFarAway() {
        double limit = LimitingCurrent.of(ParameterLibrary.shipped().cell("pouch-ncm523-ppla"), 298.15);

        assertThat(limit / 10).isCloseTo(119, Offset.offset(2.0));
    }

    @Test
    void refusesALoadWithoutCurrent() {
        assertThatThrownBy(() -> new PlatingLoad(0, 1, 298, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("currentDensity: 0.0, expected A/m2 above 0");
    }

    @Test
    void membranesAreToldByTheirConductivity() {
        for (Membrane m : Membrane.values()) {
            String design = "coin-ncm523-" + m.name().toLowerCase(Locale.ROOT);
            assertThat(Membrane.of(ParameterLibrary.shipped().cell(design))).isEqualTo(m);
        }
    }
}

package io.pouchtwin.cell.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.cell.parameters.PaperFacts;
import io.pouchtwin.cell.risk.HazardFit.Check;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HazardFitTest {
    @Test
    void reproducesEverythingThePaperSaysOfShortsInsideItsIntervals() {
        HazardFit fit = HazardFit.toThePaper();

        assertThat(fit.checks()).hasSize(13).allMatch(Check::inside);
        assertThat(fit.worstScaleReduction()).isLessThan(1.2);
    }

    @Test
    void doesNotReproduceACellTwentyTimesStronger() {
        List<ShortEvidence> evidence = new ArrayList<>(ShortEvidence.ofPaper(PaperFacts.load()));
        evidence.set(0, new ShortEvidence.Ramp("ccd.PPLA", Membrane.PPLA, 20 * Membrane.PPLA.reportedCriticalAPerM2()));
        HazardFit.Draw draw = HazardFit.toThePaper().draws().get(0);

        double seen = evidence.get(0).seen(draw.circumstances());
        long above = HazardFit.toThePaper().draws().stream()
                .filter(d -> evidence.get(0).quantile(d.law(), d.circumstances(), 0.95) > seen)
                .count();

        assertThat(above).isLessThan(HazardFit.toThePaper().draws().size() / 20);
    }

    @Test
    void isTheSameForTheSameSeed() {
        List<ShortEvidence> few = ShortEvidence.ofPaper(PaperFacts.load()).subList(0, 3);

        assertThat(HazardFit.of(few, 4).draws().get(100))
                .isEqualTo(HazardFit.of(few, 4).draws().get(100));
    }

    @Test
    void strongerMembranesOfThePaperBearMoreCurrent() {
        for (HazardFit.Draw draw : HazardFit.toThePaper().draws().subList(0, 20)) {
            ShortLaw law = draw.law();
            double first = law.effectiveCritical(Membrane.PPLA, 36_000, 298.15);
            assertThat(law.effectiveCritical(Membrane.PPLA, 72_000, 298.15)).isLessThan(first);
            assertThat(law.effectiveCritical(Membrane.PPLA, 36_000, 318.15)).isGreaterThan(first);
        }
    }
}

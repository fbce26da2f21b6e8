package io.pouchtwin.twin.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pouchtwin.contracts.v1.Between;
import io.pouchtwin.contracts.v1.ShortJudgement;
import io.pouchtwin.contracts.v1.ShortJudgement.Level;
import io.pouchtwin.contracts.v1.SoftShort;
import org.junit.jupiter.api.Test;

class ShortRuleTest {
    private static final ShortRule RULE = ShortRule.standard();
    private static final Between UNLIKELY =
            Between.newBuilder().setLow(0).setValue(0.2).setHigh(0.9).build();
    private static final SoftShort NOTHING = SoftShort.getDefaultInstance();

    @Test
    void aCalledSoftShortIsCriticalWhateverTheIndexSays() {
        ShortJudgement judged =
                RULE.judge(SoftShort.newBuilder().setCalled(true).build(), UNLIKELY);

        assertThat(judged.getLevel()).isEqualTo(Level.CRITICAL);
        assertThat(judged.getReasonList()).containsExactly(ShortRule.SOFT_SHORT_CALLED);
    }

    @Test
    void oneSignAloneIsAWarning() {
        assertThat(RULE.judge(SoftShort.newBuilder().setRestDriftLevel(1.2).build(), UNLIKELY)
                        .getLevel())
                .isEqualTo(Level.WARNING);
    }

    @Test
    void aHighMiddleWithALowLowerEndDecidesNothing() {
        Between wide =
                Between.newBuilder().setLow(0.01).setValue(0.95).setHigh(1).build();

        assertThat(RULE.judge(NOTHING, wide).getLevel()).isEqualTo(Level.NONE);
    }

    @Test
    void aShortThatIsLikelyEvenAtTheLowerEndIsCritical() {
        Between sure = Between.newBuilder().setLow(0.6).setValue(0.9).setHigh(1).build();
        ShortJudgement judged = RULE.judge(NOTHING, sure);

        assertThat(judged.getLevel()).isEqualTo(Level.CRITICAL);
        assertThat(judged.getReasonList()).containsExactly(ShortRule.SHORT_PROBABILITY);
        assertThat(judged.getProbability()).isEqualTo(sure);
    }

    @Test
    void thresholdsThatMakeNoSenseAreRefusedByName() {
        assertThatThrownBy(() -> new ShortRule(24, 0.6, 0.5, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("warnFrom: 0.6");
    }
}

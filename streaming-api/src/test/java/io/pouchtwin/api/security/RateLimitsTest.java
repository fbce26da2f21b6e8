package io.pouchtwin.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final long S = 1_000_000_000L;

    @Test
    void aBurstIsAllowedThenThePace() {
        RateLimits limits = new RateLimits(2, 5);
        for (int i = 0; i < 5; i++) {
            assertThat(limits.take("a", 0)).isZero();
        }
        assertThat(limits.take("a", 0)).isCloseTo(0.5, Offset.offset(1e-9));
        assertThat(limits.take("a", S / 2)).isZero();
        assertThat(limits.take("a", S / 2)).isPositive();
        assertThat(limits.take("b", 0)).isZero();
    }

    @Test
    void restDoesNotSaveUpMoreThanABurst() {
        RateLimits limits = new RateLimits(10, 3);
        limits.take("a", 0);
        for (int i = 0; i < 3; i++) {
            assertThat(limits.take("a", 1_000 * S)).isZero();
        }
        assertThat(limits.take("a", 1_000 * S)).isPositive();
    }

    @Test
    void aMillionCallersTakeNoMoreMemoryThanTenThousand() {
        RateLimits limits = new RateLimits(1, 1);
        for (int i = 0; i < 1_000_000; i++) {
            limits.take("caller " + i, i);
        }
        assertThat(limits.remembered()).isEqualTo(10_000);
    }
}

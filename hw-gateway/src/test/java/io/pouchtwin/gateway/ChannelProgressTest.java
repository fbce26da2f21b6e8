package io.pouchtwin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.contracts.v1.GatewayPosition;
import io.pouchtwin.gateway.ChannelProgress.Refusal;
import io.pouchtwin.gateway.ChannelProgress.Wish;
import io.pouchtwin.gateway.neware.ChannelAddress;
import io.pouchtwin.gateway.neware.NewareReply.StoredRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelProgressTest {
    private static final ChannelAddress ADDRESS = new ChannelAddress("127.0.0.1", 27, 21, 1, 1);
    private final ChannelProgress channel = new ChannelProgress(ADDRESS, null);

    @Test
    void aChannelWithoutATestWantsNothing() {
        assertThat(channel.wish(1000)).isInstanceOf(Wish.Nothing.class);
        channel.storedNow(new StoredRun("0", 0, true));
        assertThat(channel.wish(1000)).isInstanceOf(Wish.Nothing.class);
    }

    @Test
    void pagesFollowEachOtherAndTheLastIsAsLongAsWhatIsThere() {
        channel.storedNow(new StoredRun("5", 1500, false));
        assertAsked(1, 1000);
        delivered(1000);
        assertAsked(1001, 500);
        delivered(1500);
        assertThat(channel.wish(1000)).isInstanceOf(Wish.Nothing.class);
        assertThat(channel.lagPoints()).isZero();
    }

    @Test
    void aPageOnItsWayIsNotAskedForTwiceAndAFailedOneIs() {
        channel.storedNow(new StoredRun("5", 10, false));
        channel.begun();
        assertThat(channel.wish(1000)).isInstanceOf(Wish.Nothing.class);
        channel.failed();
        assertAsked(1, 10);
    }

    @Test
    void theEndIsToldOnlyWhenTheTesterSaysSoTwiceWithOneCountAndAllIsDelivered() {
        channel.storedNow(new StoredRun("5", 10, true));
        delivered(10);
        assertThat(channel.wish(1000)).isInstanceOf(Wish.Nothing.class);
        channel.storedNow(new StoredRun("5", 12, true));
        delivered(12);
        assertThat(channel.wish(1000)).isInstanceOf(Wish.Nothing.class);
        channel.storedNow(new StoredRun("5", 12, true));
        assertThat(channel.wish(1000)).isEqualTo(new Wish.Complete("5"));
        assertThat(channel.completedPosition("t"))
                .isEqualTo(GatewayPosition.newBuilder()
                        .setTester("t")
                        .setChannel("27-21-1-1")
                        .setTestRun("5")
                        .setLastSequence(12)
                        .setRunComplete(true)
                        .build());
        channel.completed();
        channel.storedNow(new StoredRun("5", 12, true));
        assertThat(channel.wish(1000)).isInstanceOf(Wish.Nothing.class);
    }

    @Test
    void aNewTestBeginsAfterTheRestOfTheOldOneIsDrained() {
        channel.storedNow(new StoredRun("5", 10, false));
        delivered(10);
        channel.storedNow(new StoredRun("6", 3, false));
        assertThat(channel.wish(1000)).isEqualTo(new Wish.CountOf("5"));
        channel.storedOfOldRun(new StoredRun("5", 25, true));
        assertAsked(11, 15);
        delivered(25);
        assertThat(channel.wish(1000)).isEqualTo(new Wish.Complete("5"));
        channel.completed();
        assertThat(channel.run()).isEqualTo("6");
        assertAsked(1, 3);
    }

    @Test
    void anOldTestThatTheTesterNoLongerKnowsIsGivenUpAfterSeveralTries() {
        ChannelProgress restored = new ChannelProgress(
                ADDRESS,
                GatewayPosition.newBuilder().setTestRun("5").setLastSequence(10).build());
        for (int poll = 0; poll < 5; poll++) {
            restored.storedNow(new StoredRun("9", 3, false));
            assertThat(restored.wish(1000)).isEqualTo(new Wish.CountOf("5"));
            restored.storedOfOldRun(null);
        }
        assertThat(restored.wish(1000)).isEqualTo(new Wish.Complete("5"));
        assertThat(restored.oldRunGivenUp()).isTrue();
        restored.completed();
        assertThat(((Wish.Page) restored.wish(1000)).asked().run()).isEqualTo("9");
    }

    @Test
    void aRestoredPositionGoesOnBehindItsLastPoint() {
        ChannelProgress restored = new ChannelProgress(
                ADDRESS,
                GatewayPosition.newBuilder().setTestRun("5").setLastSequence(10).build());
        restored.storedNow(new StoredRun("5", 12, false));
        assertThat(((Wish.Page) restored.wish(1000)).asked().start()).isEqualTo(11);
    }

    @Test
    void aTesterThatHasForgottenPointsIsWaitedFor() {
        ChannelProgress restored = new ChannelProgress(
                ADDRESS,
                GatewayPosition.newBuilder()
                        .setTestRun("5")
                        .setLastSequence(100)
                        .build());
        restored.storedNow(new StoredRun("5", 60, false));
        assertThat(restored.wish(1000)).isInstanceOf(Wish.Nothing.class);
        assertThat(restored.lagPoints()).isZero();
        restored.storedNow(new StoredRun("5", 101, false));
        assertThat(((Wish.Page) restored.wish(1000)).asked().start()).isEqualTo(101);
    }

    @Test
    void aTesterThatRefusesEverythingCostsNoPoint() {
        channel.storedNow(new StoredRun("5", 64, false));
        for (int i = 0; i < 500; i++) {
            if (channel.wish(1000) instanceof Wish.Page page) {
                assertThat(channel.pageRefused(page.asked(), page.probe(), false))
                        .isNotEqualTo(Refusal.PASS_OVER);
            } else {
                channel.storedNow(new StoredRun("5", 64, false));
            }
        }
        assertThat(channel.lastSequence()).isZero();
        while (!(channel.wish(1000) instanceof Wish.Page page && !page.probe())) {
            if (channel.wish(1000) instanceof Wish.Page page) {
                channel.pageRefused(page.asked(), page.probe(), false);
            } else {
                channel.storedNow(new StoredRun("5", 64, false));
            }
        }
        assertThat(((Wish.Page) channel.wish(1000)).asked().start()).isEqualTo(1);
    }

    @Test
    void onePointThatAloneIsRefusedIsPassedOverAndNoOther() {
        long poisoned = 7;
        channel.storedNow(new StoredRun("5", 20, false));
        int passedOver = 0;
        for (int i = 0; i < 200 && channel.lastSequence() < 20; i++) {
            if (!(channel.wish(8) instanceof Wish.Page page)) {
                channel.storedNow(new StoredRun("5", 20, false));
                continue;
            }
            PageReader.Asked asked = page.asked();
            boolean refused = asked.start() <= poisoned && poisoned < asked.start() + asked.count();
            if (refused) {
                if (channel.pageRefused(asked, page.probe(), false) == Refusal.PASS_OVER) {
                    assertThat(asked.start()).isEqualTo(poisoned);
                    channel.begun();
                    channel.passedOver();
                    passedOver++;
                }
            } else if (page.probe()) {
                channel.probeRead();
            } else {
                delivered(asked.start() + asked.count() - 1);
            }
        }
        assertThat(channel.lastSequence()).isEqualTo(20);
        assertThat(passedOver).isEqualTo(1);
    }

    @Test
    void lastPointsThatNeverComeDoNotKeepAFinishedRunOpen() {
        int tries = 0;
        while (!(channel.wish(100) instanceof Wish.Complete) && tries < 1000) {
            tries++;
            if (channel.wish(100) instanceof Wish.Page page) {
                if (page.asked().start() <= 8 && !page.probe()) {
                    delivered(8);
                } else {
                    channel.pageRefused(page.asked(), page.probe(), true);
                }
            } else {
                channel.storedNow(new StoredRun("5", 10, true));
            }
        }
        assertThat(channel.wish(100)).isEqualTo(new Wish.Complete("5"));
        assertThat(channel.lastRowsGivenUp()).isTrue();
        assertThat(channel.lastSequence()).isEqualTo(8);
    }

    private void assertAsked(long start, int count) {
        assertThat(channel.wish(1000)).isInstanceOfSatisfying(Wish.Page.class, page -> {
            assertThat(page.asked().start()).isEqualTo(start);
            assertThat(page.asked().count()).isEqualTo(count);
            assertThat(page.probe()).isFalse();
        });
    }

    private void delivered(long last) {
        channel.begun();
        channel.acknowledged(new PageOutcome(channel.run(), List.of(), List.of(), last, 0), 0);
    }
}

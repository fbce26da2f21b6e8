package io.pouchtwin.gateway.neware;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewareRequestTest {
    private static final ChannelAddress ONE = new ChannelAddress("127.0.0.1", 27, 21, 1, 1);
    private static final ChannelAddress TWO = new ChannelAddress("127.0.0.1", 27, 21, 1, 2);

    @Test
    void aRequestIsOnTheWireAsTestersExpectIt() {
        assertThat(text(NewareRequest.connect("admin", "a<b&c")))
                .isEqualTo(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><bts version=\"1.0\"><cmd>connect</cmd><username>admin</username>"
                                + "<password>a&lt;b&amp;c</password><type>bfgs</type></bts>\n\n#\r\n");
        assertThat(text(NewareRequest.inquire(List.of(ONE, TWO))))
                .contains(
                        "<cmd>inquire</cmd><list count = \"2\"><inquire ip=\"127.0.0.1\" devtype=\"27\" devid=\"21\" subdevid=\"1\""
                                + " chlid=\"1\" aux=\"0\" barcode=\"1\">true</inquire><inquire");
        assertThat(text(NewareRequest.download(TWO, "144", 219577, 1000)))
                .contains(
                        "<cmd>download</cmd><download devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"2\" auxid=\"0\" testid=\"144\""
                                + " startpos=\"219577\" count=\"1000\"/>");
    }

    @Test
    void nothingCanBeAskedThatChangesATesterButAStopOfAnArmedChannel() throws NoSuchMethodException {
        assertThat(Arrays.stream(NewareRequest.class.getDeclaredMethods())
                        .filter(m -> Modifier.isStatic(m.getModifiers()) && Modifier.isPublic(m.getModifiers()))
                        .map(java.lang.reflect.Method::getName))
                .containsOnly(
                        "connect",
                        "deviceInfo",
                        "channelStatus",
                        "inquire",
                        "storedPoints",
                        "download",
                        "downloadLog",
                        "stepLayer",
                        "stop");
        assertThat(NewareRequest.class.getDeclaredMethod("stop", ArmedChannel.class))
                .isNotNull();
        ArmedChannel armed = ArmedChannel.where(true, ONE).orElseThrow();
        assertThat(text(NewareRequest.stop(armed)))
                .contains("<cmd>stop</cmd><list count = \"1\"><stop ip=\"127.0.0.1\" devtype=\"27\" devid=\"21\""
                        + " subdevid=\"1\" chlid=\"1\">true</stop></list>");
    }

    private static String text(NewareRequest request) {
        return new String(request.toBytes(), StandardCharsets.UTF_8);
    }
}

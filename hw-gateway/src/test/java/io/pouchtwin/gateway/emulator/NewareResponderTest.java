package io.pouchtwin.gateway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The virtual tester's replies have the shape of a real one's, to the blank. */
class NewareResponderTest {
    private static final Path CAPTURES =
            Path.of(System.getProperty("pouchtwin.shared", "shared"), "captures", "neware");
    private static final String ONE = "devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"1\"";
    private static final Instant EPOCH = Instant.parse("2025-12-28T21:00:00Z");

    private final Map<String, TesterChannel> channels = new LinkedHashMap<>();
    private final Faults faults = new Faults();

    @BeforeEach
    void twoChannelsHaveRun() throws Exception {
        for (int i = 0; i < 2; i++) {
            VirtualCellConfig config = new VirtualCellConfig(
                    "linear",
                    "251203_<电池>_0" + i,
                    1,
                    1.2,
                    300,
                    Programme.fastCharge(5, 4.2, 1, 3.0, 120, i == 0 ? 1 : 1000),
                    LoggingPlan.USUAL,
                    Instrument.sixteenBit(12, 3),
                    Storyline.HEALTHY);
            String name = VirtualTesterConfig.channelName(i);
            TesterChannel channel = new TesterChannel(
                    new VirtualChannel(name, config, LinearCell.of(config), RowStore.inMemory(), 143 + i));
            channel.advanceTo(20_000_000, Integer.MAX_VALUE);
            channels.put(name, channel);
        }
        assertThat(channels.get("27-21-1-1")).matches(TesterChannel::ended);
    }

    @Test
    void repliesHaveTheShapeOfTheCaptures() throws Exception {
        assumeTrue(Files.isDirectory(CAPTURES), "the captures are not on this machine");
        assertShape(
                "connect_response.xml",
                "<cmd>connect</cmd><username>a</username><password>b</password><type>bfgs</type>");
        assertShape("get_devinfo_response.xml", "<cmd>getdevinfo</cmd>");
        assertShape(
                "get_status_21_1_1_response.xml",
                "<cmd>getchlstatus</cmd><list count = \"1\"><status ip=\"127.0.0.1\" " + ONE + ">true</status></list>");
        assertShape(
                "inquire_21_1_1_response.xml",
                "<cmd>inquire</cmd><list count = \"1\"><inquire ip=\"127.0.0.1\" " + ONE
                        + " aux=\"0\" barcode=\"1\">true</inquire></list>");
        assertShape(
                "inquire_21_1_2_response.xml",
                "<cmd>inquire</cmd><list count = \"1\"><inquire ip=\"127.0.0.1\" "
                        + ONE.replace("chlid=\"1\"", "chlid=\"2\"") + " aux=\"0\" barcode=\"1\">true</inquire></list>");
        assertShape(
                "inquiredf_21_1_1_response.xml",
                "<cmd>inquiredf</cmd><list count = \"1\"><chl " + ONE + " testid=\"0\" /></list>");
        assertShape(
                "download_21_1_1_response.xml",
                "<cmd>download</cmd><download " + ONE + " auxid=\"0\" testid=\"0\" startpos=\"5\" count=\"10\"/>");
        assertShape(
                "download_startpos0_21_1_1_response.xml",
                "<cmd>download</cmd><download " + ONE + " auxid=\"0\" testid=\"0\" startpos=\"0\" count=\"0\"/>");
        assertShape("downloadlog_21_1_1_response.xml", "<cmd>downloadlog</cmd><download " + ONE + " testid=\"0\"/>");
    }

    @Test
    void timesAreTheTestersOwnLocalTimeWithoutZone() throws Exception {
        String page = answer(
                "<cmd>download</cmd><download " + ONE + " auxid=\"0\" testid=\"0\" startpos=\"1\" count=\"1\"/>");
        assertThat(page).contains("testtime=\"0\" atime=\"2025-12-28 22:00:00\"");
    }

    @Test
    void askingPastTheEndGivesFewerRowsAndAtMostAThousandComeAtOnce() throws Exception {
        TesterChannel running = Objects.requireNonNull(channels.get("27-21-1-2"));
        running.advanceTo(400_000_000, Integer.MAX_VALUE);
        long stored = running.visible();
        assertThat(stored).isGreaterThan(1500);
        String two = ONE.replace("chlid=\"1\"", "chlid=\"2\"");
        assertThat(rows(answer("<cmd>download</cmd><download " + two + " auxid=\"0\" testid=\"144\" startpos=\""
                        + (stored - 4) + "\" count=\"1000\"/>")))
                .isEqualTo(5);
        assertThat(rows(answer("<cmd>download</cmd><download " + two
                        + " auxid=\"0\" testid=\"0\" startpos=\"1\" count=\"5000\"/>")))
                .isEqualTo(1000);
        assertThat(answer("<cmd>download</cmd><download " + two
                        + " auxid=\"0\" testid=\"7\" startpos=\"1\" count=\"10\"/>"))
                .contains("testid=\"7\"", "<list count=\"0\" />");
    }

    @Test
    void numbersAreWrittenAsTheTesterWritesThem() {
        assertThat(NewareServerText.fifteenDigits(3.678069829940796)).isEqualTo("3.6780698299408");
        assertThat(NewareServerText.fifteenDigits(-0.000295051460852847)).isEqualTo("-0.000295051460852847");
        assertThat(NewareServerText.fifteenDigits(0)).isEqualTo("0");
        assertThat(NewareServerText.fifteenDigits(4.9e-7)).isEqualTo("4.9e-07");
        assertThat(NewareServerText.fourDecimals(3.456)).isEqualTo("3.456");
        assertThat(NewareServerText.fourDecimals(-0.00029)).isEqualTo("-0.0003");
        assertThat(NewareServerText.fourDecimals(12319)).isEqualTo("12319");
        assertThat(NewareServerText.fourDecimals(-0.00001)).isEqualTo("0");
    }

    @Test
    void nothingThatAClientSaysStartsATest() throws Exception {
        for (String command : new String[] {"start", "light", "clearflag"}) {
            assertThat(answer("<cmd>" + command + "</cmd><list count = \"1\"><" + command + " ip=\"127.0.0.1\" " + ONE
                            + ">true</" + command + "></list>"))
                    .contains(">false</" + command + ">");
        }
    }

    private void assertShape(String file, String request) throws Exception {
        String real = Files.readString(CAPTURES.resolve(file)) + "\n\n#\r\n";
        assertThat(shape(answer(request))).as(file).isEqualTo(shape(real));
    }

    /** The text without its values, and with one element for any number of like ones. */
    private static String shape(String text) {
        String names = text.replaceAll("=\"[^\"]*\"", "=\"\"").replaceAll(">[^<>\r\n]+</", "></");
        return names.replaceAll("(    <[^\r\n]*\r\n)\\1+", "$1");
    }

    private static long rows(String page) {
        return page.lines().filter(l -> l.contains("<data ")).count();
    }

    private String answer(String body) throws Exception {
        String request = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><bts version=\"1.0\">" + body + "</bts>";
        byte[] reply = new NewareResponder(channels, faults, ZoneId.of("Europe/Zurich"), EPOCH)
                .answer(ClientRequest.parse(request.getBytes(StandardCharsets.UTF_8)));
        return new String(Objects.requireNonNull(reply), StandardCharsets.UTF_8);
    }
}

package io.pouchtwin.gateway.neware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pouchtwin.gateway.neware.NewareReply.Acknowledged;
import io.pouchtwin.gateway.neware.NewareReply.ChannelStatus;
import io.pouchtwin.gateway.neware.NewareReply.Connected;
import io.pouchtwin.gateway.neware.NewareReply.DeviceInfo;
import io.pouchtwin.gateway.neware.NewareReply.Download;
import io.pouchtwin.gateway.neware.NewareReply.EventLog;
import io.pouchtwin.gateway.neware.NewareReply.LiveReading;
import io.pouchtwin.gateway.neware.NewareReply.LiveReadings;
import io.pouchtwin.gateway.neware.NewareReply.LoggedEvent;
import io.pouchtwin.gateway.neware.NewareReply.StepLayer;
import io.pouchtwin.gateway.neware.NewareReply.StoredPoints;
import io.pouchtwin.gateway.neware.NewareReply.StoredRow;
import io.pouchtwin.gateway.neware.NewareReply.StoredRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every reply that was captured from a real BTS 8.0 server is understood, however the network cuts it. */
class CapturedRepliesTest {
    private static final Path CAPTURES =
            Path.of(System.getProperty("pouchtwin.shared", "shared"), "captures", "neware");
    private static final byte[] TERMINATOR = "\n\n#\r\n".getBytes(StandardCharsets.US_ASCII);

    @BeforeEach
    void capturesArePresent() {
        assumeTrue(Files.isDirectory(CAPTURES), "the captures are not on this machine");
    }

    @Test
    void everyCaptureIsUnderstoodWithoutUnreadableEntries() throws Exception {
        List<Path> files = captures();
        assertThat(files).hasSizeGreaterThanOrEqualTo(22);
        for (Path file : files) {
            NewareReply reply = parse(file.getFileName().toString());
            assertThat(entriesOf(reply)).as(file.toString()).noneMatch(Entry.Unreadable.class::isInstance);
        }
    }

    @Test
    void everyCaptureIsFramedTheSameWhereverItIsSplit() throws Exception {
        for (Path file : captures()) {
            byte[] reply = Files.readAllBytes(file);
            byte[] stream = concat(reply, TERMINATOR, reply, TERMINATOR);
            for (int cut = 0; cut <= stream.length; cut++) {
                FrameSplitter splitter = new FrameSplitter(1 << 20);
                List<byte[]> frames = new ArrayList<>(splitter.feed(Arrays.copyOfRange(stream, 0, cut)));
                frames.addAll(splitter.feed(Arrays.copyOfRange(stream, cut, stream.length)));
                assertThat(frames).as("%s cut at %d", file, cut).hasSize(2);
                assertThat(frames.get(0)).isEqualTo(reply);
                assertThat(frames.get(1)).isEqualTo(reply);
                splitter.end();
            }
        }
    }

    @Test
    void aPageOfRowsHasTheValuesThatTheTesterSent() throws Exception {
        Download page = (Download) parse("download_21_1_1_response.xml");
        assertThat(page.testId()).isEqualTo("143");
        assertThat(page.declaredCount()).isEqualTo(10);
        assertThat(values(page.rows())).hasSize(10);
        assertThat(values(page.rows()).get(0))
                .isEqualTo(new StoredRow(
                        219576,
                        24,
                        29,
                        "dc",
                        36_070_000,
                        "2025-12-28 22:29:05",
                        3.6780698299408,
                        -0.000295051460852847,
                        0.00295628436449786,
                        0.0135611368830335));
        assertThat(values(page.rows()))
                .extracting(StoredRow::sequence)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void anEmptyPageStillNamesTheTest() throws Exception {
        Download page = (Download) parse("download_startpos0_21_1_1_response.xml");
        assertThat(page.testId()).isEqualTo("143");
        assertThat(page.rows()).isEmpty();
    }

    @Test
    void liveReadingsTellIdleFromWorking() throws Exception {
        LiveReadings two = (LiveReadings) parse("inquire_21_1_1_and_2_response.xml");
        assertThat(values(two.readings()))
                .containsExactly(
                        new LiveReading("27-21-1-1-0", 1, -1, "--", "finish", "251203_kigr_gen17_01", 0, 3.8834, 0, 0),
                        new LiveReading(
                                "27-21-1-2-0",
                                44,
                                4,
                                "dc",
                                "working",
                                "251203_kigr_gen17_02",
                                -0.0003,
                                4.6947,
                                12319,
                                3189199.3));
        assertThat(((LiveReadings) parse("inquire_all_response.xml")).readings())
                .hasSize(16);
    }

    @Test
    void channelsAreListedWithTheirState() throws Exception {
        DeviceInfo info = (DeviceInfo) parse("get_devinfo_response.xml");
        assertThat(values(info.channels())).hasSize(16);
        assertThat(values(info.channels()).get(9).address().name()).isEqualTo("27-21-2-2");
        assertThat(values(info.channels()).get(1).idle()).isFalse();
        assertThat(((DeviceInfo) parse("get_devinfo_bad_response.xml")).channels())
                .isEmpty();
        ChannelStatus status = (ChannelStatus) parse("get_status_all_response.xml");
        assertThat(values(status.states())).hasSize(16).containsOnly("working", "finish");
        for (int i = 0; i < 16; i++) {
            assertThat(values(status.states()).get(i).equals("working"))
                    .as("running by both replies, channel %d", i)
                    .isEqualTo(!values(info.channels()).get(i).idle());
        }
    }

    @Test
    void storedCountsLogsAndStepsAreRead() throws Exception {
        StoredPoints all = (StoredPoints) parse("inquiredf_all_response.xml");
        assertThat(values(all.runs())).hasSize(16);
        assertThat(values(all.runs()).get(1)).isEqualTo(new StoredRun("144", 320850, false));
        assertThat(values(all.runs()).get(0).complete()).isTrue();
        EventLog log = (EventLog) parse("downloadlog_21_1_1_response.xml");
        assertThat(values(log.events())).last().isEqualTo(new LoggedEvent(219585, 100001, "2025-12-28 22:30:11"));
        StepLayer steps = (StepLayer) parse("download_step_layer_21_1_1_response.xml");
        assertThat(values(steps.steps()).get(1).endVoltageV()).isEqualTo(4.9000171875);
        assertThat(values(steps.steps()))
                .extracting(NewareReply.StepSummary::stepType)
                .containsExactly("rest", "cc", "cv");
    }

    @Test
    void answersToOtherClientsCommandsAreUnderstood() throws Exception {
        assertThat(((Connected) parse("connect_response.xml")).accepted()).isTrue();
        assertThat(((Acknowledged) parse("light_response.xml")).answers()).isEqualTo("light");
        assertThat(values(((Acknowledged) parse("clear_flag_response.xml")).accepted()))
                .containsExactly(false);
        assertThat(values(((Acknowledged) parse("start_21_1_1_response.xml")).accepted()))
                .containsExactly(true);
        assertThat(values(((Acknowledged) parse("start_21_1_4_bad_response.xml")).accepted()))
                .containsExactly(false);
        assertThat(values(((Acknowledged) parse("stop_21_1_1_and_21_1_2_response.xml")).accepted()))
                .containsExactly(true, true);
    }

    private static NewareReply parse(String file) throws IOException {
        Parsed parsed = ReplyParser.parse(Files.readAllBytes(CAPTURES.resolve(file)));
        assertThat(parsed).as(file).isInstanceOf(Parsed.Understood.class);
        return ((Parsed.Understood) parsed).reply();
    }

    static <T> List<T> values(List<Entry<T>> entries) {
        return entries.stream()
                .map(e -> {
                    assertThat(e).isInstanceOf(Entry.Read.class);
                    return ((Entry.Read<T>) e).value();
                })
                .toList();
    }

    private static List<? extends Entry<?>> entriesOf(NewareReply reply) {
        if (reply instanceof DeviceInfo r) {
            return r.channels();
        } else if (reply instanceof ChannelStatus r) {
            return r.states();
        } else if (reply instanceof LiveReadings r) {
            return r.readings();
        } else if (reply instanceof StoredPoints r) {
            return r.runs();
        } else if (reply instanceof Download r) {
            return r.rows();
        } else if (reply instanceof EventLog r) {
            return r.events();
        } else if (reply instanceof StepLayer r) {
            return r.steps();
        } else if (reply instanceof Acknowledged r) {
            return r.accepted();
        }
        return List.of();
    }

    private static List<Path> captures() throws IOException {
        try (Stream<Path> files = Files.list(CAPTURES)) {
            return files.filter(f -> f.toString().endsWith(".xml")).sorted().toList();
        }
    }

    private static byte[] concat(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(p -> p.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}

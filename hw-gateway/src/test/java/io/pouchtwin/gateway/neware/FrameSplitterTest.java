package io.pouchtwin.gateway.neware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameSplitterTest {
    @Test
    void aFrameSplitInsideAUtf8CharacterIsWhole() throws Exception {
        String text =
                "<bts><cmd>inquire_resp</cmd><list><inquire dev=\"27-1-1-1-0\" workstatus=\"working\" barcode=\"电池甲\""
                        + " current=\"1\" voltage=\"3\"/></list></bts>";
        byte[] bytes = utf8(text + "\n\n#\r\n");
        for (int step = 1; step < 5; step++) {
            FrameSplitter splitter = new FrameSplitter(10_000);
            List<byte[]> frames = new ArrayList<>();
            for (int at = 0; at < bytes.length; at += step) {
                frames.addAll(
                        splitter.feed(java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + step))));
            }
            assertThat(frames).hasSize(1);
            NewareReply reply = ((Parsed.Understood) ReplyParser.parse(frames.get(0))).reply();
            assertThat(CapturedRepliesTest.values(((NewareReply.LiveReadings) reply).readings())
                            .get(0)
                            .barcode())
                    .isEqualTo("电池甲");
        }
    }

    @Test
    void everyTerminatorThatFirmwareWritesIsSwallowed() throws Exception {
        FrameSplitter splitter = new FrameSplitter(1000);
        List<byte[]> frames = splitter.feed(
                utf8("<bts>1</bts>\n\n#\r\n<bts>2</bts>#\r\n<bts>3</bts>\n\n<bts>4</bts><bts>5</bts>\r\n#"));
        assertThat(frames)
                .extracting(f -> new String(f, StandardCharsets.UTF_8))
                .containsExactly("<bts>1</bts>", "<bts>2</bts>", "<bts>3</bts>", "<bts>4</bts>", "<bts>5</bts>");
        splitter.end();
    }

    @Test
    void almostAnEndIsNoEnd() throws Exception {
        FrameSplitter splitter = new FrameSplitter(1000);
        assertThat(splitter.feed(utf8("<bts></bt</bts </bt></b<</bts>"))).hasSize(1);
    }

    @Test
    void aFrameThatNeverEndsIsGivenUpAtItsLargestSize() {
        FrameSplitter splitter = new FrameSplitter(1000);
        assertThatThrownBy(() -> splitter.feed(new byte[5000])).isInstanceOfSatisfying(FrameException.class, e -> {
            assertThat(e.rejection().code()).isEqualTo("frame-too-large");
            assertThat(e.raw()).hasSize(1000);
        });
    }

    @Test
    void aPeerThatClosesMidFrameIsAnErrorAndBetweenFramesIsNot() throws Exception {
        FrameSplitter splitter = new FrameSplitter(1000);
        splitter.feed(utf8("<bts>1</bts>\n\n#\r\n"));
        splitter.end();
        splitter.feed(utf8("<bts><cmd>inq"));
        assertThatThrownBy(splitter::end).isInstanceOfSatisfying(FrameException.class, e -> {
            assertThat(e.rejection().code()).isEqualTo("peer-closed-mid-frame");
            assertThat(new String(e.raw(), StandardCharsets.UTF_8)).isEqualTo("<bts><cmd>inq");
        });
        assertThat(splitter.feed(utf8("<bts/></bts>"))).hasSize(1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

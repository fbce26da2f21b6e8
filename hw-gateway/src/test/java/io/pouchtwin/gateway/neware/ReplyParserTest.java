package io.pouchtwin.gateway.neware;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.gateway.neware.NewareReply.Download;
import io.pouchtwin.gateway.neware.NewareReply.StoredRow;
import io.pouchtwin.gateway.rejection.Rejection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyParserTest {
    private static final String GOOD_ROW = row("1", "3.7");

    @ParameterizedTest
    @ValueSource(strings = {"donwload_resp", "download_resp"})
    void bothSpellingsOfTheDownloadReplyAreRead(String command) {
        assertThat(download(page(command, "1", GOOD_ROW)).rows()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "many", "-1"})
    void aWrongListCountDoesNotMatter(String count) {
        assertThat(download(page("donwload_resp", count, GOOD_ROW + row("2", "3.8")))
                        .rows())
                .hasSize(2);
    }

    @Test
    void aPoisonedRowLeavesTheRowsAroundIt() {
        Download page = download(page("donwload_resp", "3", GOOD_ROW + row("2", "3,8") + row("3", "3.9")));
        assertThat(page.rows().get(0)).isInstanceOf(Entry.Read.class);
        assertThat(page.rows().get(2)).isInstanceOf(Entry.Read.class);
        Rejection rejection = ((Entry.Unreadable<StoredRow>) page.rows().get(1)).rejection();
        assertThat(rejection.code()).isEqualTo("unparsable-number");
        assertThat(rejection.field()).isEqualTo("volt");
        assertThat(rejection.value()).isEqualTo("3,8");
        assertThat(rejection.reason()).contains("comma");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "nan", "-nan(ind)", "1.#QNAN", "-1.#IND00"})
    void notANumberPassesBecauseValuesAreJudgedLater(String text) {
        assertThat(voltage(text)).isNaN();
    }

    @Test
    void numbersAreReadAsCPrintsThem() {
        assertThat(voltage("-5.1e-05")).isEqualTo(-5.1e-5);
        assertThat(voltage("+4")).isEqualTo(4);
        assertThat(voltage(".5")).isEqualTo(0.5);
        assertThat(voltage("inf")).isInfinite();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "1d", "0x1p3", "3.7V", "--", "1 2", "1e99999"})
    void textThatIsNoNumberIsRejected(String text) {
        Download page = download(page("donwload_resp", "1", row("1", text)));
        assertThat(((Entry.Unreadable<StoredRow>) page.rows().get(0))
                        .rejection()
                        .code())
                .isEqualTo("unparsable-number");
    }

    @Test
    void aMissingFieldIsNamed() {
        Download page = download(page("donwload_resp", "1", "<data seqid=\"1\"/>"));
        Rejection rejection = ((Entry.Unreadable<StoredRow>) page.rows().get(0)).rejection();
        assertThat(rejection.code()).isEqualTo("missing-field");
        assertThat(rejection.field()).isEqualTo("stepid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello</bts>",
                "<bts><cmd>x</bts>",
                "",
                "<bts><cmd>a&b</cmd></bts>",
                "<a/><bts></bts>",
                "\u0000\u0001</bts>"
            })
    void whatIsNotXmlIsRefused(String frame) {
        assertThat(refused(frame).code()).isEqualTo("not-xml");
    }

    @Test
    void aReplyToAnUnknownCommandIsRefusedWithItsName() {
        Rejection rejection = refused("<bts><cmd>selfdestruct_resp</cmd></bts>");
        assertThat(rejection.code()).isEqualTo("unknown-command");
        assertThat(rejection.value()).isEqualTo("selfdestruct_resp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><cmd>inquire_resp</cmd></html>",
                "<bts></bts>",
                "<bts><cmd>donwload_resp</cmd></bts>",
                "<bts><cmd>connect_resp</cmd></bts>",
                "<bts><cmd>donwload_resp</cmd><list count=\"0\"/></bts>"
            })
    void aWrongShapeIsRefused(String frame) {
        assertThat(refused(frame).code()).isEqualTo("wrong-shape");
    }

    @Test
    void externalEntitiesAndDocumentTypesAreRefusedAndNeverRead(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret.txt"), "TOP-SECRET");
        String attack = "<!DOCTYPE bts [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]><bts><cmd>&x;</cmd></bts>";
        assertThat(refused(attack).code()).isEqualTo("xml-with-doctype");
        assertThat(refused(attack).toString()).doesNotContain("TOP-SECRET");
        String bomb =
                "<!DOCTYPE bts [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><bts><cmd>&b;</cmd></bts>";
        assertThat(refused(bomb).code()).isEqualTo("xml-with-doctype");
    }

    @Test
    void nothingThatComesInMakesTheParserThrow() {
        Random random = new Random(42);
        byte[] good = page("donwload_resp", "2", GOOD_ROW + row("2", "3.8")).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = good.clone();
            for (int hit = 0; hit <= random.nextInt(4); hit++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(ReplyParser.parse(bytes)).isNotNull();
        }
    }

    private static double voltage(String text) {
        return CapturedRepliesTest.values(
                        download(page("donwload_resp", "1", row("1", text))).rows())
                .get(0)
                .voltageV();
    }

    private static Download download(String frame) {
        Parsed parsed = ReplyParser.parse(frame.getBytes(StandardCharsets.UTF_8));
        assertThat(parsed).isInstanceOf(Parsed.Understood.class);
        return (Download) ((Parsed.Understood) parsed).reply();
    }

    private static Rejection refused(String frame) {
        Parsed parsed = ReplyParser.parse(frame.getBytes(StandardCharsets.UTF_8));
        assertThat(parsed).isInstanceOf(Parsed.Refused.class);
        return ((Parsed.Refused) parsed).rejection();
    }

    private static String page(String command, String count, String rows) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<bts version=\"1.0\">\r\n<cmd>" + command + "</cmd>"
                + "<download devtype=\"27\" devid=\"21\" subdevid=\"1\" chlid=\"1\" testid=\"143\" startpos=\"1\" count=\"1000\"/>"
                + "<list count=\"" + count + "\">" + rows + "</list></bts>";
    }

    private static String row(String sequence, String voltage) {
        return "<data seqid=\"" + sequence + "\" stepid=\"24\" cycleid=\"29\" steptype=\"dc\" testtime=\"36070000\""
                + " atime=\"2025-12-28 22:29:05\" volt=\"" + voltage
                + "\" curr=\"-0.0003\" cap=\"0.003\" eng=\"0.0136\" />";
    }
}

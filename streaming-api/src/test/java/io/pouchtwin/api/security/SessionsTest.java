package io.pouchtwin.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    private static final NewApiKey KEY = NewApiKey.make("anna", Role.OPERATOR);
    private static final String SECRET = "0123456789012345678901234567890123456789";

    private ApiKeys keys = ApiKeys.parse(KEY.line());

    private Sessions at(Instant now) {
        return new Sessions(SECRET, () -> keys, Clock.fixed(now, ZoneOffset.UTC));
    }

    private String begun() {
        return at(NOW).begin(keys.find(KEY.key()).orElseThrow(), KEY.key(), Instant.MAX);
    }

    @Test
    void aSessionSaysWhoItIs() {
        assertThat(at(NOW).read(begun()).map(Sessions.Session::caller))
                .contains(new Caller("anna", Role.OPERATOR, Caller.Kind.KEY));
    }

    @Test
    void aSessionEndsAfterAWorkingDay() {
        assertThat(at(NOW.plus(Duration.ofHours(11))).read(begun())).isPresent();
        assertThat(at(NOW.plus(Duration.ofHours(12))).read(begun())).isEmpty();
    }

    @Test
    void aSessionEndsWithTheTokenThatItRestsOn() {
        Caller who = new Caller("anna", Role.VIEWER, Caller.Kind.TOKEN);
        String session = at(NOW).begin(who, "token", NOW.plusSeconds(60));
        assertThat(at(NOW.plusSeconds(59)).read(session)).isPresent();
        assertThat(at(NOW.plusSeconds(60)).read(session)).isEmpty();
    }

    @Test
    void withdrawingAKeyEndsItsSessions() {
        String session = begun();
        keys = ApiKeys.parse(NewApiKey.make("anna", Role.OPERATOR).line());
        assertThat(at(NOW).read(session)).isEmpty();
    }

    @Test
    void aChangedOrForeignSessionIsNotAccepted() {
        String session = begun();
        String content = new String(
                Base64.getUrlDecoder().decode(session.substring(0, session.indexOf('.'))), StandardCharsets.UTF_8);
        String forged = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(content.replace("anna", "boss").getBytes(StandardCharsets.UTF_8))
                + session.substring(session.indexOf('.'));
        assertThat(at(NOW).read(forged)).isEmpty();
        assertThat(new Sessions("", () -> keys, Clock.fixed(NOW, ZoneOffset.UTC)).read(session))
                .isEmpty();
        for (String nonsense : new String[] {"", ".", "a.b", "%%%.%%%", session + ".x"}) {
            assertThat(at(NOW).read(nonsense)).as(nonsense).isEmpty();
        }
    }

    @Test
    void theKeyIsNotInTheSession() {
        String session = begun();
        byte[] content = Base64.getUrlDecoder().decode(session.substring(0, session.indexOf('.')));
        assertThat(new String(content, StandardCharsets.UTF_8)).doesNotContain(KEY.key());
    }
}

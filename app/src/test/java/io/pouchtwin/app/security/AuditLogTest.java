package io.pouchtwin.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The program's own logging lets the audit through. */
class AuditLogTest {
    @Test
    void whoChangedWhatIsLoggedWithoutAnySetting() throws JoranException {
        LoggerContext logging = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(logging);
        configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
        assertThat(logging.getLogger("pouchtwin.audit").isInfoEnabled()).isTrue();
        logging.stop();
    }
}

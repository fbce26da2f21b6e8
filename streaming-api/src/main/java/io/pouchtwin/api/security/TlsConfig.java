package io.pouchtwin.api.security;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * The server's certificate.
 *
 * @param certificate a PEM file with the certificate and those that it was signed with, or a PKCS #12 file (.p12, .pfx) that also holds the key; empty: no TLS
 * @param key PEM file of the private key (PKCS #8); empty with PKCS #12
 * @param password of the PKCS #12 file
 */
public record TlsConfig(String certificate, String key, String password) {
    /** No TLS. */
    public static final TlsConfig NONE = new TlsConfig("", "", "");

    public TlsConfig {
        if (!certificate.isEmpty() && pkcs12(certificate) != key.isEmpty()) {
            throw new IllegalArgumentException(
                    pkcs12(certificate)
                            ? "key is \"" + key + "\", expected nothing: " + certificate + " holds the key too"
                            : "key is missing, expected the PEM file of the private key of " + certificate);
        }
    }

    private static boolean pkcs12(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return name.endsWith(".p12") || name.endsWith(".pfx");
    }

    /** Whether there is a certificate. */
    public boolean present() {
        return !certificate.isEmpty();
    }

    /**
     * Makes a server speak TLS 1.2 and 1.3, if there is a certificate.
     *
     * @throws IllegalArgumentException where a file cannot be read
     */
    public HttpServerOptions applyTo(HttpServerOptions options) {
        if (!present()) {
            return options;
        }
        requireReadable("api.tls.certificate", certificate);
        if (!key.isEmpty()) {
            requireReadable("api.tls.key", key);
        }
        return options.setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(keyCert())
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
    }

    private KeyCertOptions keyCert() {
        return key.isEmpty()
                ? new PfxOptions().setPath(certificate).setPassword(password)
                : new PemKeyCertOptions().addCertPath(certificate).addKeyPath(key);
    }

    private static void requireReadable(String name, String file) {
        if (!Files.isReadable(Path.of(file))) {
            throw new IllegalArgumentException(name + " is \"" + file + "\", expected a file that can be read");
        }
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return "TlsConfig[" + certificate + ", " + key + "]";
    }
}

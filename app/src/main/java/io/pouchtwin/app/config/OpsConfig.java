package io.pouchtwin.app.config;

/**
 * Where a role that runs alone shows its metrics and health.
 *
 * @param host address to listen on; beyond loopback only with api.tls and api.access.keys-file, which hold here too
 * @param port TCP port, 0 to 65535; 0 takes any free one
 */
public record OpsConfig(String host, int port) {

    private static final int LARGEST_PORT = 65_535;

    /** Checks the port. */
    public OpsConfig {
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("port: " + port + ", expected 0 to " + LARGEST_PORT);
        }
    }

    /** 127.0.0.1:9464, the port that Prometheus exporters of this kind usually have. */
    public static OpsConfig defaults() {
        return new OpsConfig("127.0.0.1", 9464);
    }
}

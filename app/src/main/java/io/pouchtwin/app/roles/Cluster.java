package io.pouchtwin.app.roles;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.HazelcastInstance;
import io.pouchtwin.app.config.ClusterConfig;
import io.pouchtwin.twin.engine.LatestStates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;

/**
 * A Vert.x whose event bus reaches the other members, and the Hazelcast underneath. Closing the Vert.x closes both; the
 * other way round Vert.x would miss its cluster.
 */
record Cluster(Vertx vertx, HazelcastInstance hazelcast) {

    /** What Vert.x keeps in Hazelcast; without these settings it would work and lose registrations with a member. */
    private static final List<String> MAPS_OF_VERTX = List.of("__vertx.haInfo", "__vertx.nodeInfo");

    static Future<Cluster> join(ClusterConfig config, VertxOptions options, VertxBuilder builder) {
        HazelcastClusterManager members = new HazelcastClusterManager(hazelcast(config));
        options.getEventBusOptions().setHost(config.host());
        return builder.with(options)
                .withClusterManager(members)
                .buildClustered()
                .map(vertx -> new Cluster(vertx, members.getHazelcastInstance()));
    }

    private static Config hazelcast(ClusterConfig config) {
        Config hazelcast = new Config()
                .setClusterName(config.name())
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.logging.type", "slf4j")
                .setProperty("hazelcast.shutdownhook.enabled", "false")
                // else it listens on every address of the machine whatever the interface says
                .setProperty("hazelcast.socket.bind.any", "false");
        config.properties().forEach(hazelcast::setProperty);
        hazelcast.getJetConfig().setEnabled(false);
        hazelcast.addMapConfig(LatestStates.mapConfig());
        MAPS_OF_VERTX.forEach(map -> hazelcast.addMapConfig(new MapConfig(map).setBackupCount(1)));
        hazelcast.addMultiMapConfig(
                new MultiMapConfig("__vertx.subs").setBackupCount(1).setValueCollectionType(ValueCollectionType.SET));
        NetworkConfig network =
                hazelcast.getNetworkConfig().setPort(config.port()).setPortAutoIncrement(config.port() != 0);
        network.getInterfaces().setEnabled(true).addInterface(config.host());
        join(network.getJoin(), config.memberList());
        return hazelcast;
    }

    private static void join(JoinConfig join, List<String> members) {
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(!members.isEmpty()).setMembers(members);
    }
}

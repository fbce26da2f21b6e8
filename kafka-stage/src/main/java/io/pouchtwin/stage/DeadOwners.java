package io.pouchtwin.stage;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the open transactions of owners that are no longer in the group. Without this a take-over waits for the transaction time-out, since nothing after an open
 * transaction can be read. A live thread that merely gave a partition away is still in the group, and is left alone.
 */
final class DeadOwners {
    private static final Logger LOG = LoggerFactory.getLogger(DeadOwners.class);

    private DeadOwners() {}

    /**
     * Fences them.
     *
     * @param group the consumer group; transactional ids of its threads begin with its name and a dot, and equal their client ids
     */
    static void fence(Admin admin, String group, Duration patience) {
        try {
            List<String> dead = openTransactions(admin, group, patience);
            if (!dead.isEmpty()) {
                dead.removeAll(liveMembers(admin, group, patience));
            }
            if (!dead.isEmpty()) {
                HighWatermarks.await(admin.fenceProducers(dead).all(), patience, "whether it fenced " + dead);
                LOG.info("Stage {}: ended the open transactions of owners that are gone: {}", group, dead);
            }
        } catch (StageException e) {
            // Not allowed, say: the transaction time-out does the same, later.
            LOG.warn(
                    "Stage {}: cannot end the transactions of dead owners, waiting for their time-out: {}",
                    group,
                    e.getMessage());
        }
    }

    private static List<String> openTransactions(Admin admin, String group, Duration patience) {
        ListTransactionsOptions open = new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
        return HighWatermarks.await(admin.listTransactions(open).all(), patience, "which transactions are open")
                .stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> id.startsWith(group + "."))
                .collect(Collectors.toList());
    }

    private static Set<String> liveMembers(Admin admin, String group, Duration patience) {
        return HighWatermarks.await(
                        admin.describeConsumerGroups(List.of(group)).all(), patience, "who is in group " + group)
                .values()
                .stream()
                .flatMap(description -> description.members().stream())
                .map(MemberDescription::clientId)
                .collect(Collectors.toSet());
    }
}

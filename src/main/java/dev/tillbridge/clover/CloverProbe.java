package dev.tillbridge.clover;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.channel.TillFinding;
import dev.tillbridge.channel.TillMerchant;
import dev.tillbridge.channel.TillProbe;

/**
 * Finds out what a token may do without changing anything.
 * <p>
 * Clover answers 401 for a bad token, a wrong merchant and a missing permission alike, and has no call that lists a token's
 * permissions. Once the merchant was read, token, merchant and region are right, so from then on 401 means "missing".
 * <ul>
 * <li>A read is tried on a list: 2xx is granted, 401 missing, anything else unverified.</li>
 * <li>A write is tried on an id that is not there: 401 is missing. 404 is what a token with the right gets, but also one
 * without it, if Clover looks for the id before the right. It counts as granted only beside a proof of the opposite order: a
 * write to an absent id that this same token was refused with 401. That is another write under test, or one that the
 * permissions asked for do not include ({@link #CONTROLS}). A token that may do everything, or a Clover that looks for
 * the id first, gives no such proof: then it stays unverified, until a real write shows.</li>
 * </ul>
 */
@Singleton
class CloverProbe {

    /** Ids are random; all zeros has never been one. */
    static final String ABSENT = "0000000000000";

    /** Written with Employees: write and Merchant: write, which a token for this product should not have. */
    private static final List<String> CONTROLS = List.of("employees", "tenders");

    private static final Logger LOG = Logger.getLogger(CloverProbe.class);

    private final CloverTills tills;
    private final CloverRegions regions;

    CloverProbe(CloverTills tills, CloverRegions regions) {
        this.tills = tills;
        this.regions = regions;
    }

    Uni<TillMerchant> merchant(CloverTill till, TillConnection connection) {
        return till.merchant().chain(merchant -> till.properties()
                .map(properties -> merchant(till, connection, merchant, properties)));
    }

    private static TillMerchant merchant(CloverTill till, TillConnection connection, CloverWire.Merchant merchant,
            CloverWire.Properties properties) {
        if (!connection.merchantId().equals(merchant.id())) {
            throw till.answers().invalid(CloverOperation.READ_MERCHANT, "it is another merchant's", null);
        }
        if (properties.defaultCurrency() == null) {
            throw till.answers().invalid(CloverOperation.READ_PROPERTIES, "it has no defaultCurrency", null);
        }
        return new TillMerchant(merchant.id(), merchant.name(), properties.defaultCurrency(), properties.timezone(),
                Boolean.TRUE.equals(properties.vat()), Boolean.TRUE.equals(properties.trackStock()),
                Boolean.TRUE.equals(properties.updateStock()));
    }

    /** Fails with {@link ConnectorException.Unauthorized} where the merchant cannot be read, in words that say what to check. */
    Uni<TillProbe> probe(TillConnection connection) {
        CloverTill till = tills.of(connection);
        return readable(till, connection).chain(merchant -> permissions(till).collect().asList()
                .map(found -> new TillProbe(merchant, with(found, TillFinding.Finding.GRANTED),
                        with(found, TillFinding.Finding.MISSING), with(found, TillFinding.Finding.UNVERIFIED))));
    }

    /** The same, each permission as soon as it is known. */
    Multi<TillFinding> findings(TillConnection connection) {
        CloverTill till = tills.of(connection);
        return readable(till, connection).onItem().transformToMulti(merchant -> permissions(till));
    }

    private Uni<TillMerchant> readable(CloverTill till, TillConnection connection) {
        return merchant(till, connection).onFailure(ConnectorException.Unauthorized.class)
                .recoverWithUni(refused -> regions.explain(connection, till).chain(why -> Uni.createFrom().failure(why)));
    }

    /** Writes that were answered with 404 come last, because the proof that they need is looked for in the others. */
    private static Multi<TillFinding> permissions(CloverTill till) {
        Map<CloverPermission, Finding> found = Collections.synchronizedMap(new EnumMap<>(CloverPermission.class));
        return Multi.createBy().concatenating().streams(
                tried(till).invoke(entry -> found.put(entry.getKey(), entry.getValue()))
                        .filter(entry -> entry.getValue() != Finding.ABSENT_ID)
                        .map(entry -> told(entry.getKey(), entry.getValue())),
                Multi.createFrom().deferred(() -> absentIds(till, found)));
    }

    private static Multi<Map.Entry<CloverPermission, Finding>> tried(CloverTill till) {
        return Multi.createBy().merging().streams(Arrays.stream(CloverPermission.values())
                .map(permission -> finding(till, permission).map(found -> Map.entry(permission, found)).toMulti()).toList());
    }

    private static Multi<TillFinding> absentIds(CloverTill till, Map<CloverPermission, Finding> found) {
        List<CloverPermission> absent = found.entrySet().stream().filter(entry -> entry.getValue() == Finding.ABSENT_ID)
                .map(Map.Entry::getKey).toList();
        return absent.isEmpty()
                ? Multi.createFrom().empty()
                : rightsComeFirst(till, found).onItem().transformToMulti(proven -> Multi.createFrom().iterable(absent)
                        .map(permission -> told(permission, proven ? Finding.GRANTED : Finding.UNVERIFIED)));
    }

    private static TillFinding told(CloverPermission permission, Finding finding) {
        return new TillFinding(permission.name(), TillFinding.Finding.valueOf(finding.name()));
    }

    private static List<String> with(List<TillFinding> found, TillFinding.Finding finding) {
        return found.stream().filter(each -> each.finding() == finding).map(TillFinding::permission).sorted().toList();
    }

    private static Uni<Finding> finding(CloverTill till, CloverPermission permission) {
        if (permission == CloverPermission.MERCHANT_R) {
            // Merchant and properties were just read.
            return Uni.createFrom().item(Finding.GRANTED);
        }
        return permission.write() ? write(till, permission.collection()) : read(till, permission.collection());
    }

    private static Uni<Finding> read(CloverTill till, String collection) {
        return till.tryRead(collection)
                .map(list -> list.elements() == null ? Finding.UNVERIFIED : Finding.GRANTED)
                .onFailure(ConnectorException.class).recoverWithItem(failure -> refused(failure, false));
    }

    private static Uni<Finding> write(CloverTill till, String collection) {
        return till.tryWrite(collection, ABSENT)
                .map(accepted -> {
                    LOG.warnf("Clover accepted an empty update of %s %s, which should not be there", collection, ABSENT);
                    return Finding.GRANTED;
                })
                .onFailure(ConnectorException.class).recoverWithItem(failure -> refused(failure, true));
    }

    private static Finding refused(Throwable failure, boolean write) {
        if (failure instanceof ConnectorException.Unauthorized) {
            return Finding.MISSING;
        }
        boolean absent = write && failure instanceof ConnectorException.Rejected rejected
                && rejected.code().equals("not-found");
        if (!absent) {
            LOG.infof("A Clover permission could not be told: %s", failure.getMessage());
        }
        return absent ? Finding.ABSENT_ID : Finding.UNVERIFIED;
    }

    private static Uni<Boolean> rightsComeFirst(CloverTill till, Map<CloverPermission, Finding> found) {
        boolean seen = found.entrySet().stream()
                .anyMatch(entry -> entry.getKey().write() && entry.getValue() == Finding.MISSING);
        if (seen) {
            return Uni.createFrom().item(true);
        }
        return Uni.join().all(CONTROLS.stream().map(collection -> write(till, collection)).toList()).andFailFast()
                .map(controls -> controls.contains(Finding.MISSING));
    }

    private enum Finding {
        GRANTED,
        MISSING,
        UNVERIFIED,
        /** A write was answered with 404: granted, if Clover looks at rights first. */
        ABSENT_ID
    }
}

package dev.tillbridge.testing;

import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** As {@link FastSales}, where cursors follow closely and what changed a second ago is settled. */
public final class FastReconciling implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> config = new HashMap<>(new FastSales().getConfigOverrides());
        config.put("tillbridge.sync.overlap", "PT1S");
        config.put("tillbridge.sync.sales-overlap", "PT1S");
        config.put("tillbridge.order.sweep-after", "PT1S");
        config.put("tillbridge.reconcile.settle", "PT1S");
        config.put("tillbridge.reconcile.second-look", "PT10S");
        config.put("tillbridge.reconcile.spread", "PT0.001S");
        return config;
    }
}

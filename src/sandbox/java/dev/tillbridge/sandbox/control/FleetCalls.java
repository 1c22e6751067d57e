package dev.tillbridge.sandbox.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.tillbridge.sandbox.catalog.CatalogSeed;
import dev.tillbridge.sandbox.catalog.CatalogTarget;
import dev.tillbridge.sandbox.catalog.Seeder;
import dev.tillbridge.sandbox.http.VendorSide;

/** Many shops and merchants at once, each with credentials and a catalogue of its own. */
final class FleetCalls {

    private static final int MOST = 1_000;
    private static final int MOST_VARIANTS = 2_000_000;

    private final Map<String, VendorSide> sides;

    FleetCalls(Map<String, VendorSide> sides) {
        this.sides = sides;
    }

    void addTo(ControlRoutes routes) {
        routes.add("POST", "/fleet",
                "Opens shops and, spread over them in turn, merchants, with tokens and secrets of their own; each shop with a"
                        + " catalogue of so many variants, which its merchants have as items. Answers what is needed to connect"
                        + " each. For trade, the calls below /_sandbox/shopify take \"shop\", those below /_sandbox/clover"
                        + " \"merchantId\".",
                "{\"shops\":50,\"merchants\":80,\"variants\":100,\"locations\":1,\"seed\":7}", this::open);
    }

    private Object open(ControlRequest request) {
        request.only("shops", "merchants", "variants", "locations", "seed");
        int shops = request.integer("shops", 1);
        int merchants = request.integer("merchants", shops);
        int variants = request.integer("variants", 100);
        if (shops < 1 || shops > MOST || merchants < 0 || merchants > MOST) {
            throw new BadControlInput("\"shops\" is 1 to " + MOST + ", \"merchants\" 0 to " + MOST + ".");
        }
        if (variants < 0 || (long) variants * (shops + merchants) > MOST_VARIANTS) {
            throw new BadControlInput("All catalogues together hold at most " + MOST_VARIANTS + " variants and items.");
        }
        List<Map<String, Object>> fleet = new ArrayList<>();
        for (int shop = 0; shop < shops; shop++) {
            fleet.add(shop(request, shop, merchants / shops + (shop < merchants % shops ? 1 : 0), variants));
        }
        return Map.of("shops", fleet);
    }

    private Map<String, Object> shop(ControlRequest request, int number, int merchants, int variants) {
        Map<String, String> account = sides.get("shopify").open();
        List<CatalogTarget> targets = new ArrayList<>();
        targets.add(sides.get("shopify").catalog(null, account.get("shop")));
        List<Map<String, String>> tills = new ArrayList<>();
        for (int till = 0; till < merchants; till++) {
            Map<String, String> merchant = sides.get("clover").open();
            targets.add(sides.get("clover").catalog(merchant.get("merchantId"), null));
            tills.add(merchant);
        }
        Seeder.fill(new CatalogSeed(request.integer("seed", 1) + number, variants, 0, 0, 0, 0, 0, 0, 0, 0,
                request.integer("locations", 1)), targets);
        Map<String, Object> shown = new LinkedHashMap<>(account);
        shown.put("merchants", tills);
        return shown;
    }
}

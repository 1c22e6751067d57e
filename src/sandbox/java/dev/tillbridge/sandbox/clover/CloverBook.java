package dev.tillbridge.sandbox.clover;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Merchants and tokens. Holds the demo merchant and his token from the start. */
final class CloverBook {

    static final String DEMO_MERCHANT = "3D19QN31ANYR5";
    static final String DEMO_TOKEN = "demo-clover-token";
    private static final List<String> TENDERS = List.of("cash", "credit_card", "debit_card", "check", "external_payment",
            "external_gift_card");
    private static final List<String> ORDER_TYPES = List.of("In Store", "Pick Up", "Delivery");

    private final Clock clock;
    private final CloverEvents events;
    private final long seed;
    private final CloverIds ids;
    private final Map<String, Merchant> merchants = new LinkedHashMap<>();
    private final Map<String, Token> tokens = new LinkedHashMap<>();

    CloverBook(Clock clock, long seed, CloverEvents events) {
        this.events = events;
        this.clock = clock;
        this.seed = seed;
        this.ids = new CloverIds(seed);
        reset();
    }

    /** As at the start. */
    void reset() {
        ids.reset();
        merchants.clear();
        tokens.clear();
        events.reset();
        addMerchant(DEMO_MERCHANT, "us", "Tillbridge Demo Store");
        addToken(new Token(DEMO_TOKEN, DEMO_MERCHANT, Token.GRANTED_BY_INSTRUCTIONS, null));
    }

    /** Server-written times are whole seconds. */
    long wholeSeconds() {
        return clock.millis() / 1_000 * 1_000;
    }

    Merchant addMerchant(String id, String region, String name) {
        Merchant merchant = new Merchant(id == null ? ids.next() : id, region, name, ids, this::wholeSeconds,
                new SaleBook(ids, clock, seed), events);
        merchants.put(merchant.id, merchant);
        furnish(merchant);
        return merchant;
    }

    /** Null if there is none. */
    Merchant merchant(String id) {
        return merchants.get(id);
    }

    /** @throws IllegalArgumentException if there is none, saying what to do */
    Merchant known(String id) {
        Merchant merchant = merchants.get(id);
        if (merchant == null) {
            throw new IllegalArgumentException("There is no merchant " + id
                    + ". POST /_sandbox/clover/merchants makes one; known: " + String.join(", ", merchants.keySet()) + ".");
        }
        return merchant;
    }

    void addToken(Token token) {
        tokens.put(token.value(), token);
    }

    /** A token with a value of its own. */
    Token newToken(String merchantId, Set<String> permissions, String app) {
        Token token = new Token("clover-token-" + ids.next().toLowerCase(java.util.Locale.ROOT), merchantId, permissions, app);
        addToken(token);
        return token;
    }

    /** Null if there is none. */
    Token token(String value) {
        return value == null ? null : tokens.get(value);
    }

    /** Whether there was one. */
    boolean revoke(String value) {
        return tokens.remove(value) != null;
    }

    /** What every merchant has from his first day. */
    private static void furnish(Merchant merchant) {
        merchant.collection("employees").create(node().put("name", merchant.name + " owner").put("role", "ADMIN")
                .put("isOwner", true).put("pin", "4711").put("unhashedPin", "4711"));
        merchant.collection("employees").create(node().put("name", "Clerk").put("role", "EMPLOYEE").put("isOwner", false));
        merchant.collection("tax_rates").create(node().put("name", "NO_TAX_APPLIED").put("rate", 0).put("isDefault", false));
        for (String key : TENDERS) {
            merchant.collection("tenders").create(node().put("labelKey", "com.clover.tender." + key)
                    .put("label", key.replace('_', ' ')).put("editable", false).put("enabled", true).put("visible", true));
        }
        for (String label : ORDER_TYPES) {
            merchant.collection("order_types").create(node().put("label", label).put("taxable", true)
                    .put("isDefault", label.equals(ORDER_TYPES.get(0))).put("isHidden", false).put("isDeleted", false));
        }
        merchant.collection("customers").create(node().put("firstName", "Ada").put("lastName", "Example")
                .put("marketingAllowed", false).put("customerSince", merchant.createdTime));
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}

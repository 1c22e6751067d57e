package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One request or bulk operation while it is executed: the shop, who asks, and what is to be told besides the data. */
final class Call {

    private final Shop shop;
    private final AccessTokens.Grant grant;
    private final List<Map<String, Object>> searches = new ArrayList<>();

    private final FieldTable table;
    private String version = ApiVersions.NEWEST;

    Call(Shop shop, AccessTokens.Grant grant, FieldTable table) {
        this.shop = shop;
        this.grant = grant;
        this.table = table;
    }

    Shop shop() {
        return shop;
    }

    /** Says which API version answers; the newest one unless told. */
    Call at(String answering) {
        version = answering;
        return this;
    }

    String version() {
        return version;
    }

    AccessTokens.Grant grant() {
        return grant;
    }

    /** The GraphQL type of an object; {@code declared} where the schema says all. */
    String typeOf(Object source, String declared) {
        return declared.equals("Node") ? table.typeOf(source) : declared;
    }

    ShopifyBook book() {
        return shop.book();
    }

    Catalogue catalogue() {
        return shop.book().catalogue();
    }

    /** @throws ShopifyError if the token lacks the scope */
    void require(String scope, String field) {
        if (!grant.allows(scope)) {
            throw ShopifyError.accessDenied(field, scope);
        }
    }

    /** Tells in {@code extensions.search} that a filter field was ignored (doc: api/usage/search-syntax). */
    void ignored(String field, String query, Search.Warning warning) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("path", List.of(field));
        told.put("query", query);
        told.put("parsed", Map.of("field", warning.field(), "match_all", warning.value()));
        told.put("warnings", List.of(Map.of("field", warning.field(), "message", "Invalid search field for this query.",
                "code", "invalid_field")));
        searches.add(told);
    }

    List<Map<String, Object>> searches() {
        return searches;
    }
}

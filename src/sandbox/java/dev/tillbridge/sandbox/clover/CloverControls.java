package dev.tillbridge.sandbox.clover;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.behaviour.Behaviour;
import dev.tillbridge.sandbox.behaviour.Switch;
import dev.tillbridge.sandbox.control.BadControlInput;
import dev.tillbridge.sandbox.control.ControlRequest;
import dev.tillbridge.sandbox.control.ControlRoutes;

/** The control calls of the Clover side. */
final class CloverControls {

    private final CloverBook book;
    private final Behaviour behaviour;

    CloverControls(CloverBook book, Behaviour behaviour) {
        this.book = book;
        this.behaviour = behaviour;
    }

    void addTo(ControlRoutes routes) {
        routes.add("POST", "/clover/stock",
                "A recount on the till: sets the quantity of every item with this SKU (or of itemId); null unsets it.",
                "{\"merchantId\":\"3D19QN31ANYR5\",\"sku\":\"TB-000001\",\"quantity\":12}", this::recount);
        routes.add("POST", "/clover/items",
                "Somebody changes every item with this SKU (or itemId) at the till: price in minor units, priceType FIXED,"
                        + " VARIABLE or PER_UNIT, hidden, deleted.",
                "{\"merchantId\":\"3D19QN31ANYR5\",\"sku\":\"TB-000001\",\"price\":1250,\"priceType\":\"VARIABLE\","
                        + "\"hidden\":true}",
                this::items);
        routes.add("POST", "/clover/merchants",
                "Makes a merchant, or changes the given fields of one. region: us, eu, la. Without id a new one is drawn."
                        + " The demo merchant is 3D19QN31ANYR5 with the token demo-clover-token.",
                "{\"id\":\"7Q3VNSXJ1K2MR\",\"name\":\"Second Till\",\"region\":\"eu\",\"currency\":\"EUR\","
                        + "\"timezone\":\"Europe/Berlin\",\"vat\":true,\"trackStock\":true,\"updateStock\":true}",
                this::merchant);
        routes.add("POST", "/clover/tokens",
                "A token with these permissions, all the product needs where none are given. With \"app\" it shares that"
                        + " app's limits. \"token\" gives its value, which is drawn otherwise.",
                "{\"merchantId\":\"3D19QN31ANYR5\",\"permissions\":[\"INVENTORY_R\",\"MERCHANT_R\"],\"token\":\"clover-token-x\"}",
                this::token);
        routes.add("DELETE", "/clover/tokens/:token", "Revokes a token: from now on 401.", "", this::revoke);
    }

    private Object recount(ControlRequest request) {
        request.only("merchantId", "sku", "itemId", "quantity");
        if (!request.body().has("quantity")) {
            throw new BadControlInput("Give \"quantity\" (a number or null).");
        }
        Merchant merchant = book.known(request.text("merchantId", CloverBook.DEMO_MERCHANT));
        merchant.sales.settle();
        List<Item> found = found(request, merchant);
        BigDecimal quantity = request.has("quantity") ? request.decimal("quantity") : null;
        boolean touches = behaviour.is(Switch.STOCK_WRITE_TOUCHES_ITEM, "yes");
        found.forEach(item -> merchant.items.stock(item, quantity, touches));
        return Map.of("itemIds", found.stream().map(item -> item.id).toList());
    }

    private static List<Item> found(ControlRequest request, Merchant merchant) {
        String sku = request.text("sku", null);
        String itemId = request.text("itemId", null);
        if ((sku == null) == (itemId == null)) {
            throw new BadControlInput("Give \"sku\" or \"itemId\".");
        }
        List<Item> found = merchant.items.all().stream().filter(item -> !item.deleted())
                .filter(item -> sku == null ? item.id.equals(itemId) : sku.equals(item.sku)).toList();
        if (found.isEmpty()) {
            throw new BadControlInput(404, "The merchant " + merchant.id + " has no such item.");
        }
        return found;
    }

    private Object items(ControlRequest request) {
        request.only("merchantId", "sku", "itemId", "price", "priceType", "hidden", "deleted");
        Merchant merchant = book.known(request.text("merchantId", CloverBook.DEMO_MERCHANT));
        String type = request.text("priceType", null);
        if (type != null && !List.of("FIXED", "VARIABLE", "PER_UNIT").contains(type)) {
            throw new BadControlInput("\"priceType\" is FIXED, VARIABLE or PER_UNIT.");
        }
        List<Item> found = found(request, merchant);
        for (Item item : found) {
            item.price = request.has("price") ? request.integer("price", 0) : item.price;
            item.priceType = type == null ? item.priceType : type;
            item.hidden = request.flag("hidden", item.hidden);
            if (request.flag("deleted", false)) {
                merchant.items.delete(item);
            } else {
                merchant.items.touched(item);
            }
        }
        return Map.of("itemIds", found.stream().map(item -> item.id).toList());
    }

    private Object merchant(ControlRequest request) {
        request.only("id", "name", "region", "currency", "timezone", "vat", "trackStock", "updateStock");
        String id = request.text("id", null);
        if (id != null && !CloverIds.FORM.matcher(id).matches()) {
            throw new BadControlInput("\"id\" must have Clover's form: 13 characters 0-9 and A-Z without I, L, O, U.");
        }
        String region = request.text("region", "us");
        if (!List.of("us", "eu", "la").contains(region)) {
            throw new BadControlInput("\"region\" must be us, eu or la; Clover's own sandbox answers for us.");
        }
        Merchant merchant = id == null ? null : book.merchant(id);
        if (merchant == null) {
            merchant = book.addMerchant(id, region, request.text("name", "Till"));
        } else if (request.has("region") && !merchant.region.equals(region)) {
            throw new BadControlInput("A merchant stays in his region, " + merchant.region + ".");
        }
        merchant.name = request.text("name", merchant.name);
        merchant.currency = request.text("currency", merchant.currency);
        merchant.timezone = request.text("timezone", merchant.timezone);
        merchant.vat = request.flag("vat", merchant.vat);
        merchant.trackStock = request.flag("trackStock", merchant.trackStock);
        merchant.updateStock = request.flag("updateStock", merchant.updateStock);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", merchant.id);
        answer.put("name", merchant.name);
        answer.put("region", merchant.region);
        answer.put("currency", merchant.currency);
        answer.put("timezone", merchant.timezone);
        answer.put("vat", merchant.vat);
        answer.put("trackStock", merchant.trackStock);
        answer.put("updateStock", merchant.updateStock);
        return answer;
    }

    private Object token(ControlRequest request) {
        request.only("merchantId", "permissions", "app", "token");
        Merchant merchant = book.known(request.text("merchantId", CloverBook.DEMO_MERCHANT));
        Set<String> permissions = new LinkedHashSet<>(Token.GRANTED_BY_INSTRUCTIONS);
        if (request.body().has("permissions")) {
            permissions = new LinkedHashSet<>();
            for (JsonNode permission : request.body().get("permissions")) {
                permissions.add(permission.asText());
            }
        }
        List<String> unknown = new ArrayList<>(permissions);
        unknown.removeAll(Token.PERMISSIONS);
        if (!unknown.isEmpty()) {
            throw new BadControlInput("Unknown permissions " + unknown + ". Permissions: "
                    + String.join(", ", Token.PERMISSIONS) + ".");
        }
        if (request.has("token")) {
            book.addToken(new Token(request.text("token"), merchant.id, permissions, request.text("app", null)));
            return Map.of("token", request.text("token"));
        }
        return Map.of("token", book.newToken(merchant.id, permissions, request.text("app", null)).value());
    }

    private Object revoke(ControlRequest request) {
        if (!book.revoke(request.path().get("token"))) {
            throw new BadControlInput(404, "There is no such token.");
        }
        return Map.of("revoked", true);
    }
}

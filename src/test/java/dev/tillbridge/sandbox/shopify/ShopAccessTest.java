package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class ShopAccessTest extends ShopTestCase {

    private static final String WRONG = "{\"errors\":\"[API] Invalid API key or access token (unrecognized login or wrong password)\"}";

    @Test
    void aWrongOrMissingTokenIs401InShopifysWords() {
        for (String token : new String[]{ "shpat_wrong", null}) {
            HttpResponse<String> answer = shop.as(token).send("{ shop { id } }", Map.of());
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo(WRONG);
        }
    }

    @Test
    void clientCredentialsGiveATokenThatWorksForADay() {
        HttpResponse<String> answer = grant(ShopifySide.DEMO_CLIENT_SECRET);
        JsonNode granted = ShopClient.json(answer.body());
        assertThat(granted.get("expires_in").asInt()).isEqualTo(86_399);
        assertThat(granted.get("scope").asText()).contains("read_products");
        assertThat(shop.as(granted.get("access_token").asText()).data("{ shop { name } }").at("/shop/name").asText())
                .isEqualTo("Tillbridge Demo");
        assertThat(grant("wrong").statusCode()).isEqualTo(401);
        assertThat(grant("wrong").body()).isEqualTo(WRONG);
    }

    @Test
    void anExpiredOrRevokedTokenIsRefused() throws InterruptedException {
        shop.control("POST", "/shopify/tokens", Map.of("token", "shpat_short", "expiresInSeconds", 1));
        assertThat(shop.as("shpat_short").send("{ shop { id } }", Map.of()).statusCode()).isEqualTo(200);
        Thread.sleep(1_100);
        assertThat(shop.as("shpat_short").send("{ shop { id } }", Map.of()).statusCode()).isEqualTo(401);
        shop.control("DELETE", "/shopify/tokens?token=" + ShopifySide.DEMO_TOKEN, Map.of());
        assertThat(shop.send("{ shop { id } }", Map.of()).statusCode()).isEqualTo(401);
    }

    @Test
    void aMissingScopeNullsTheFieldAndNamesTheScope() {
        String id = variant("V", "1.00", 1);
        shop.control("POST", "/shopify/tokens", Map.of("token", "shpat_less", "scopes", List.of("write_products")));
        ShopClient less = shop.as("shpat_less");
        assertThat(less.data("query($id: ID!) { productVariant(id: $id) { sku } }", Map.of("id", id))
                .at("/productVariant/sku").asText()).isEqualTo("V");
        JsonNode denied = less.ask("query($id: ID!) { inventoryItem(id: $id) { id } shop { name } }",
                Map.of("id", "gid://shopify/InventoryItem/1"));
        assertThat(denied.at("/errors/0/extensions/code").asText()).isEqualTo("ACCESS_DENIED");
        assertThat(denied.at("/errors/0/message").asText()).contains("Access denied for inventoryItem field")
                .contains("read_inventory");
        assertThat(denied.at("/errors/0/path/0").asText()).isEqualTo("inventoryItem");
        assertThat(denied.at("/data/shop/name").asText()).isEqualTo("Tillbridge Demo");
        assertThat(less.ask("{ locations(first: 1) { nodes { id } } }").at("/errors/0/extensions/code").asText())
                .isEqualTo("ACCESS_DENIED");
        shop.control("POST", "/shopify/tokens", Map.of("token", "shpat_stock", "scopes", List.of("write_inventory")));
        assertThat(shop.as("shpat_stock").data("{ locations(first: 1) { nodes { id } } }").at("/locations/nodes")).hasSize(1);
    }

    @Test
    void furtherShopsAnswerUnderTheirDomainWithTokensOfTheirOwn() {
        String second = "/second.myshopify.com/admin/api/2026-10/graphql.json";
        assertThat(shop.at(second).send("{ shop { id } }", Map.of()).statusCode()).isEqualTo(404);
        assertThat(shop.at(second).send("{ shop { id } }", Map.of()).body()).startsWith("<!DOCTYPE html>");
        shop.control("POST", "/shopify/shops", Map.of("domain", "second.myshopify.com", "currency", "EUR"));
        shop.control("POST", "/shopify/tokens", Map.of("shop", "second.myshopify.com", "token", "shpat_second"));
        JsonNode data = shop.at(second).as("shpat_second").data("{ shop { myshopifyDomain currencyCode } }");
        assertThat(data.at("/shop/myshopifyDomain").asText()).isEqualTo("second.myshopify.com");
        assertThat(data.at("/shop/currencyCode").asText()).isEqualTo("EUR");
        assertThat(shop.as("shpat_second").send("{ shop { id } }", Map.of()).statusCode()).isEqualTo(401);
        assertThat(shop.at("/tillbridge-demo.myshopify.com/admin/api/2026-10/graphql.json").data("{ shop { id } }")
                .get("shop").get("id").asText()).startsWith("gid://shopify/Shop/");
    }

    @Test
    void aBodyThatIsNoJsonOrHasNoQueryIs400() {
        String url = sandbox.shopifyUrl() + "/admin/api/2026-10/graphql.json";
        assertThat(shop.post(url, "{nonsense", ShopifySide.DEMO_TOKEN).statusCode()).isEqualTo(400);
        assertThat(shop.post(url, "{}", ShopifySide.DEMO_TOKEN).statusCode()).isEqualTo(400);
    }

    @Test
    void requestsAreLoggedUnderTheirOperationsName() {
        shop.data("query StoreName { shop { name } }");
        shop.data("{ shop { name } }");
        assertThat(shop.control("GET", "/requests", Map.of()).toString()).contains("StoreName").contains("\"shop\"");
    }

    private static HttpResponse<String> grant(String secret) {
        return shop.post(sandbox.shopifyUrl() + "/admin/oauth/access_token", Map.of("grant_type", "client_credentials",
                "client_id", ShopifySide.DEMO_CLIENT_ID, "client_secret", secret), null);
    }
}

package dev.tillbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class FleetTest {

    @Test
    void manyShopsAndMerchantsHaveCredentialsAndCataloguesOfTheirOwn() {
        try (TestSandbox sandbox = new TestSandbox()) {
            JsonNode shops = sandbox.control("POST", "/fleet", "{\"shops\":50,\"merchants\":80,\"variants\":20,\"seed\":7}")
                    .json()
                    .get("shops");

            assertThat(shops).hasSize(50);
            Set<String> secrets = new HashSet<>();
            int merchants = 0;
            for (JsonNode shop : shops) {
                secrets.add(shop.get("token").asText());
                secrets.add(shop.get("clientSecret").asText());
                for (JsonNode merchant : shop.get("merchants")) {
                    merchants++;
                    secrets.add(merchant.get("token").asText());
                    assertThat(sandbox.clover(merchant.get("token").asText(), "GET",
                            "/v3/merchants/" + merchant.get("merchantId").asText() + "/items?limit=1000", null).json()
                            .get("elements")).hasSize(20);
                }
            }
            assertThat(merchants).isEqualTo(80);
            assertThat(secrets).hasSize(180);
            JsonNode last = shops.get(49);
            JsonNode state = sandbox.control("GET", "/state?shop=" + last.get("shop").asText() + "&merchantId="
                    + last.at("/merchants/0/merchantId").asText(), null).json().get("stock");
            assertThat(state).hasSize(20).allSatisfy(row -> assertThat(row.get("itemId").isNull()).isFalse());
            assertThat(sandbox.control("GET", "/state?shop=nobody.myshopify.com", null).status()).isEqualTo(400);
        }
    }

    @Test
    void aShopOfTheFleetTakesItsOwnTokenAloneAndIsSeededByItself() {
        try (TestSandbox sandbox = new TestSandbox()) {
            JsonNode shop = sandbox.control("POST", "/shopify/shops",
                    "{\"domain\":\"second.myshopify.com\",\"token\":\"shpat_second\",\"clientSecret\":\"shpss_second\"}")
                    .json();
            assertThat(shop.get("clientSecret").asText()).isEqualTo("shpss_second");

            assertThat(sandbox.control("POST", "/seed",
                    "{\"variants\":3,\"shop\":\"second.myshopify.com\",\"sides\":[\"shopify\"]}").status()).isEqualTo(200);

            assertThat(sandbox.shopify("second.myshopify.com", "shpat_second", "{ productVariantsCount { count } }").json()
                    .at("/data/productVariantsCount/count").asInt()).isEqualTo(3);
            assertThat(sandbox.shopify("second.myshopify.com", "shpat_demo", "{ shop { id } }").status()).isEqualTo(401);
            assertThat(sandbox.shopify("tillbridge-demo.myshopify.com", "shpat_demo", "{ productVariantsCount { count } }")
                    .json().at("/data/productVariantsCount/count").asInt()).isZero();
        }
    }
}

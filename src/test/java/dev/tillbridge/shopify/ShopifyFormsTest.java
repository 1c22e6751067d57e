package dev.tillbridge.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tillbridge.channel.ConnectorException;

class ShopifyFormsTest {

    private final ShopifyConnector connector = new ShopifyConnector(null, null, null, null, null, null, null, null, null,
            null);

    @ParameterizedTest
    @ValueSource(strings = { "demo.myshopify.com", "Demo-2.MyShopify.com", "0.myshopify.com"})
    void aPermanentDomainIsOneLabelOfShopifys(String domain) {
        assertThat(connector.isShopDomain(domain)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "myshopify.com", ".myshopify.com", "-a.myshopify.com", "a.b.myshopify.com",
            "demo.myshopify.com.",
            "https://demo.myshopify.com", "demo.myshopify.com/admin", "demo.myshopify.com:443", "demo.myshopify.com.evil.com",
            "127.0.0.1", "demo.myshopify.com\n", "evil.com#.myshopify.com", "user@demo.myshopify.com", "démo.myshopify.com",
            "demo.myshopify.com?x", "demo_x.myshopify.com"})
    void nothingElseIs(String domain) {
        assertThat(connector.isShopDomain(domain)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "nodot", "a.", ".b", "a.b\") { id } evil: x(y: \"", "a.b c", "a.{x}", "a\\.b", "$evil.x"})
    void aMetafieldThatCouldBeTextOfAQueryIsRefused(String name) {
        assertThatThrownBy(() -> MetafieldKey.of(name)).isInstanceOf(ConnectorException.Rejected.class);
    }

    @Test
    void metafieldsBecomeAliasesOfTheDocument() {
        var documents = new GraphqlDocuments();

        var text = documents.text(ShopifyOperation.VARIANTS_SINCE, MetafieldKey.of(List.of("till.code", "$app:x.y")));

        assertThat(text).contains("m0: metafield(namespace: \"$app:x\", key: \"y\") { value }")
                .contains("m1: metafield(namespace: \"till\", key: \"code\") { value }");
        assertThat(documents.text(ShopifyOperation.VARIANTS_SINCE, List.of())).doesNotContain("metafield(");
    }

    @Test
    void eachOperationHasItsDocumentAndOnlyThoseWithMetafieldsHaveTheirPlace() {
        var documents = new GraphqlDocuments();
        for (var operation : ShopifyOperation.values()) {
            assertThat(documents.text(operation)).as(operation.document()).isNotBlank();
        }
        assertThat(documents.text(ShopifyOperation.CATALOG_BULK)).containsOnlyOnce("# metafields");
        assertThat(documents.text(ShopifyOperation.VARIANTS_SINCE)).containsOnlyOnce("# metafields");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "1a", "gid://shopify/Location/1", "-1", "1\""})
    void anIdThatIsNoNumberNeverBecomesAGid(String id) {
        assertThatThrownBy(() -> Gid.of("Location", id)).isInstanceOf(ConnectorException.Rejected.class);
    }

    @Test
    void aGrantedWriteStandsForTheReadAndInventoryForLocations() {
        assertThat(ShopifyProfiles.missing(List.of("read_products", "write_inventory", "write_orders")))
                .containsExactly("read_fulfillments", "read_merchant_managed_fulfillment_orders",
                        "write_merchant_managed_fulfillment_orders", "read_shipping");
    }
}

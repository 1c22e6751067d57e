package dev.tillbridge.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import dev.tillbridge.channel.StoreDemand;
import dev.tillbridge.channel.StoreNews;
import dev.tillbridge.channel.WebhookDelivery;
import dev.tillbridge.channel.WebhookHint;
import dev.tillbridge.channel.WebhookRefused;
import dev.tillbridge.platform.Secret;

class ShopifyWebhooksTest {

    private static final Secret SECRET = Secret.of("invented-client-secret-for-tests");
    private static final String SIGNATURE = "Hfm2Rt1OOQ/9Z3KV2fllUSLujwD54EGWI7ebZm1RqUE=";
    /** The slashes are escaped: what is parsed and written again has another signature. */
    private static final byte[] BODY = ("{\"inventory_item_id\":34269676896353,\"location_id\":36167909473,\"available\":0,"
            + "\"updated_at\":\"2020-05-26T11:35:10+12:00\",\"admin_graphql_api_id\":\"gid:\\/\\/shopify\\/InventoryLevel\\/70049923169"
            + "?inventory_item_id=34269676896353\"}").getBytes(StandardCharsets.UTF_8);

    private static final Map<String, String> HEADERS = Map.of("X-Shopify-Shop-Domain", "Demo.myshopify.com",
            "X-Shopify-Topic", "inventory_levels/update", "X-Shopify-Hmac-Sha256", SIGNATURE,
            "X-Shopify-Webhook-Id", "delivery-1", "X-Shopify-Event-Id", "event-1",
            "X-Shopify-Triggered-At", "2026-05-11T15:06:59.110521905Z");

    @Test
    void theRawBodyIsWhatIsSigned() {
        var delivery = ShopifyWebhooks.delivery(HEADERS::get);

        assertThat(ShopifyWebhooks.signed(delivery, BODY, SECRET)).isTrue();
        assertThat(ShopifyWebhooks.signed(delivery, BODY, Secret.of("another"))).isFalse();
        assertThat(ShopifyWebhooks.signed(signed(""), BODY, SECRET)).isFalse();
        assertThat(ShopifyWebhooks.signed(signed(SIGNATURE.substring(1)), BODY, SECRET)).isFalse();
    }

    @Property(tries = 200)
    void noByteOfItMayDiffer(@ForAll @IntRange(max = 200) int place, @ForAll @IntRange(min = 1, max = 255) int by) {
        var body = BODY.clone();
        body[place % body.length] ^= (byte) by;

        assertThat(ShopifyWebhooks.signed(signed(SIGNATURE), body, SECRET)).isFalse();
    }

    @Test
    void theEventIsKnownByItsIdElseByTheDeliverys() {
        assertThat(ShopifyWebhooks.delivery(HEADERS::get).eventId()).isEqualTo("event-1");
        assertThat(ShopifyWebhooks.delivery(HEADERS::get).shopDomain()).isEqualTo("demo.myshopify.com");
        assertThat(ShopifyWebhooks.delivery(HEADERS::get).triggeredAt()).isEqualTo("2026-05-11T15:06:59.110521905Z");

        var older = new HashMap<>(HEADERS);
        older.remove("X-Shopify-Event-Id");
        older.remove("X-Shopify-Triggered-At");
        assertThat(ShopifyWebhooks.delivery(older::get).eventId()).isEqualTo("delivery-1");
        assertThat(ShopifyWebhooks.delivery(older::get).triggeredAt()).isNull();
        older.remove("X-Shopify-Webhook-Id");
        assertThatThrownBy(() -> ShopifyWebhooks.delivery(older::get)).isInstanceOfSatisfying(WebhookRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(WebhookRefused.Reason.HEADER_MISSING))
                .hasMessageContaining("X-Shopify-Webhook-Id");
    }

    @ParameterizedTest
    @ValueSource(strings = { "X-Shopify-Shop-Domain", "X-Shopify-Topic"})
    void aHeaderThatIsMissingIsNamed(String name) {
        var headers = new HashMap<>(HEADERS);
        headers.put(name, " ");

        assertThatThrownBy(() -> ShopifyWebhooks.delivery(headers::get)).isInstanceOf(WebhookRefused.class)
                .hasMessageContaining(name);
    }

    @Test
    void withoutASignatureItIsNobodys() {
        var headers = new HashMap<>(HEADERS);
        headers.remove("X-Shopify-Hmac-Sha256");

        assertThat(ShopifyWebhooks.signed(ShopifyWebhooks.delivery(headers::get), BODY, SECRET)).isFalse();
    }

    @Test
    void noHeaderBringsAControlCharacterIn() {
        var headers = new HashMap<>(HEADERS);
        headers.put("X-Shopify-Event-Id", "event\u00001");

        assertThatThrownBy(() -> ShopifyWebhooks.delivery(headers::get)).isInstanceOf(WebhookRefused.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            products/update              | {"id":788032119674292922,"title":"T"}                  | PRODUCT        | 788032119674292922
            products/delete              | {"id":7}                                               | PRODUCT        | 7
            inventory_levels/disconnect  | {"inventory_item_id":271878346596884015,"location_id":24} | LEVEL       | 271878346596884015/24
            inventory_items/update       | {"id":43}                                              | INVENTORY_ITEM | 43
            fulfillments/create          | {"id":1,"order_id":820982911946154508}                 | ORDER          | 820982911946154508
            orders/cancelled             | {"id":5}                                               | ORDER          | 5
            locations/update             | {"id":9}                                               | SHOP           | shop
            shop/update                  | {}                                                     | SHOP           | shop
            """)
    void aTopicSaysWhereToLook(String topic, String body, WebhookHint.Kind kind, String id) {
        assertThat(news(topic, body)).isEqualTo(StoreNews.of(new WebhookHint(kind, id)));
    }

    @Test
    void ofADemandTheIdsAreKeptAndNoContact() {
        var news = news("customers/redact",
                """
                {"shop_id":954889,"shop_domain":"demo.myshopify.com",
                 "customer":{"id":191167,"email":"john@example.com","phone":"555-625-1199"},"orders_to_redact":[299938,280263,"x"]}""");

        assertThat(news.hints()).isEmpty();
        assertThat(news.demand()).isEqualTo(
                new StoreDemand(StoreDemand.Kind.CUSTOMER_REDACT, "191167", List.of("299938", "280263")));
        assertThat(news("customers/data_request", "{\"shop_domain\":\"Demo.myshopify.com\",\"orders_requested\":[1]}").demand())
                .isEqualTo(
                        new StoreDemand(StoreDemand.Kind.DATA_REQUEST, null, List.of("1")));
        assertThat(news("shop/redact", "{\"shop_id\":1,\"shop_domain\":\"demo.myshopify.com\"}").demand().kind())
                .isEqualTo(StoreDemand.Kind.SHOP_REDACT);
        assertThat(news("app/uninstalled", "{\"id\":1,\"myshopify_domain\":\"demo.myshopify.com\",\"domain\":\"demo.example\"}")
                .demand().kind()).isEqualTo(StoreDemand.Kind.UNINSTALLED);
        assertThat(news("app/uninstalled", "{\"id\":1,\"domain\":\"demo.myshopify.com\"}").demand().kind())
                .isEqualTo(StoreDemand.Kind.UNINSTALLED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            customers/data_request | {"shop_domain":"other.myshopify.com","orders_requested":[1]}
            customers/redact       | {"shop_domain":"other.myshopify.com","orders_to_redact":[1]}
            shop/redact            | {"shop_id":1}
            shop/redact            | {"shop_domain":7}
            app/uninstalled        | {"id":1}
            app/uninstalled        | {"myshopify_domain":"other.myshopify.com","domain":"demo.myshopify.com"}
            """)
    void aDemandMustSayItselfWhoseItIs(String topic, String body) {
        assertThatThrownBy(() -> news(topic, body)).isInstanceOfSatisfying(WebhookRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(WebhookRefused.Reason.ANOTHER_SHOP));
    }

    @Test
    void aTopicNobodyAskedForIsNothing() {
        assertThat(news("carts/update", "{\"id\":1}")).isEqualTo(StoreNews.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "[]", "7", "{\"id\":", "{\"id\":\"7\"}", "{\"id\":1.5}", "{\"id\":-1}", "{}"})
    void aBodyWithoutTheIdIsRefused(String body) {
        assertThatThrownBy(() -> news("products/update", body)).isInstanceOfSatisfying(WebhookRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(WebhookRefused.Reason.MALFORMED));
    }

    private static StoreNews news(String topic, String body) {
        return ShopifyWebhooks.news(new WebhookDelivery("demo.myshopify.com", topic, "e", SIGNATURE, null),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static WebhookDelivery signed(String signature) {
        return new WebhookDelivery("demo.myshopify.com", "inventory_levels/update", "e", signature, null);
    }
}

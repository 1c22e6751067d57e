package dev.tillbridge.shopify;

import static dev.tillbridge.shopify.StubShop.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;

import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.channel.StoreWebhooks.Subscriptions;
import dev.tillbridge.platform.Secret;
import dev.tillbridge.platform.Traces;
import dev.tillbridge.platform.VendorUsage;
import dev.tillbridge.testing.SandboxResource;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class WebhookSubscriptionsTest {

    private static final URI HERE = URI.create("https://till.example.com/webhooks/shopify");
    private static final String DONE = "{\"webhookSubscription\":{\"id\":\"gid://shopify/WebhookSubscription/9\"},\"userErrors\":[]}";

    @Inject
    Vertx vertx;

    private final ShopConnection shop = new ShopConnection("demo.myshopify.com",
            new ShopConnection.AccessToken(Secret.of("shpat_test")));
    private StubShop stub;
    private WebhookSubscriptions subscriptions;

    @BeforeEach
    void start() {
        stub = new StubShop(vertx).on("WebhookSubscriptionCreate", data("{\"webhookSubscriptionCreate\":" + DONE + "}"))
                .on("WebhookSubscriptionUpdate", data("{\"webhookSubscriptionUpdate\":" + DONE + "}"))
                .on("WebhookSubscriptionDelete", data("{\"webhookSubscriptionDelete\":"
                        + "{\"deletedWebhookSubscriptionId\":\"gid://shopify/WebhookSubscription/9\",\"userErrors\":[]}}"));
        var config = new StubConfig(stub.url());
        subscriptions = new WebhookSubscriptions(
                new ShopifyCalls(new ShopifySessions(new ShopifyTransport(config, Traces.none()), config, vertx),
                        new GraphqlDocuments(), new ShopifyMetrics(new SimpleMeterRegistry()), VendorUsage.unsaved(), config));
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void allTopicsAreSubscribedToWithIdsOnly() {
        standing();

        assertThat(keep()).isEqualTo(new Subscriptions(18, 18, 0, null));

        var made = stub.requests("WebhookSubscriptionCreate");
        assertThat(made.stream().map(request -> request.variables().getString("topic")).collect(Collectors.toSet()))
                .hasSize(18).contains("INVENTORY_LEVELS_UPDATE", "PRODUCTS_DELETE", "FULFILLMENTS_CREATE", "APP_UNINSTALLED");
        var level = made.stream().filter(request -> request.variables().getString("topic").equals("INVENTORY_LEVELS_UPDATE"))
                .findFirst().orElseThrow().variables().getJsonObject("webhookSubscription");
        assertThat(level.getString("uri")).isEqualTo(HERE.toString());
        assertThat(level.getJsonArray("includeFields")).containsExactly("inventory_item_id", "location_id");
    }

    @Test
    void whatStandsIsLeftAloneWhatIsGoneIsMadeAgain() {
        List<String> rows = new ArrayList<>(all());
        rows.removeIf(row -> row.contains("PRODUCTS_UPDATE"));
        standing(rows.toArray(String[]::new));

        assertThat(keep()).isEqualTo(new Subscriptions(18, 1, 0, null));
        assertThat(stub.requests("WebhookSubscriptionUpdate")).isEmpty();
        assertThat(stub.requests("WebhookSubscriptionDelete")).isEmpty();
    }

    @Test
    void oursThatLeadElsewhereAreCorrectedDoublesGoAndOthersStay() {
        List<String> rows = new ArrayList<>(all());
        rows.removeIf(row -> row.contains("PRODUCTS_UPDATE") || row.contains("SHOP_UPDATE"));
        rows.add(
                row(50, "tillbridge-products-update", "PRODUCTS_UPDATE", "https://old.example.com/webhooks/shopify", "\"id\""));
        rows.add(row(51, null, "SHOP_UPDATE", HERE.toString(), ""));
        rows.add(row(52, null, "PRODUCTS_CREATE", HERE.toString(), "\"id\""));
        rows.add(row(53, "crm", "PRODUCTS_UPDATE", "https://crm.example.com/hook", ""));
        standing(rows.toArray(String[]::new));

        assertThat(keep()).isEqualTo(new Subscriptions(18, 0, 3, null));
        assertThat(stub.requests("WebhookSubscriptionUpdate")).extracting(request -> request.variables().getString("id"))
                .containsExactlyInAnyOrder("gid://shopify/WebhookSubscription/50", "gid://shopify/WebhookSubscription/51");
        assertThat(stub.requests("WebhookSubscriptionDelete")).extracting(request -> request.variables().getString("id"))
                .containsExactly("gid://shopify/WebhookSubscription/52");
        assertThat(stub.requests("WebhookSubscriptionCreate")).isEmpty();
    }

    @Test
    void oneThatIsRefusedKeepsNoOtherFromBeingMade() {
        standing();
        stub.on("WebhookSubscriptionCreate", data("{\"webhookSubscriptionCreate\":{\"webhookSubscription\":null,"
                + "\"userErrors\":[{\"field\":[\"webhookSubscription\",\"uri\"],\"message\":\"Address is not allowed\"}]}}"));

        var kept = keep();

        assertThat(kept.made()).isOne();
        assertThat(kept.problem()).contains("17 of 18").contains("Address is not allowed");
    }

    @Test
    void whatAnotherCheckDidMeanwhileIsNoProblem() {
        standing(row(50, "tillbridge-shop-update", "SHOP_UPDATE", "https://old.example.com/webhooks/shopify", "\"id\""),
                row(51, "tillbridge-products-update", "PRODUCTS_UPDATE", HERE.toString(), "\"id\""),
                row(52, "tillbridge-products-update", "PRODUCTS_UPDATE", HERE.toString(), "\"id\""));
        standing(all().toArray(String[]::new));
        stub.on("WebhookSubscriptionCreate", data("{\"webhookSubscriptionCreate\":{\"webhookSubscription\":null,"
                + "\"userErrors\":[{\"field\":[\"webhookSubscription\",\"callbackUrl\"],"
                + "\"message\":\"Address for this topic has already been taken\"}]}}"));

        assertThat(keep()).as("one was made before the other check made the rest").isEqualTo(new Subscriptions(18, 1, 2, null));
        assertThat(stub.requests("WebhookSubscriptions")).hasSize(2);
    }

    @Test
    void oursEndWhereTheStoreIsDeletedAndOthersStay() {
        standing(row(50, "tillbridge-products-update", "PRODUCTS_UPDATE", "https://old.example.com/webhooks/shopify", "\"id\""),
                row(51, null, "SHOP_UPDATE", HERE.toString(), ""),
                row(53, "crm", "PRODUCTS_UPDATE", "https://crm.example.com/hook", ""));

        assertThat(end(HERE)).isEqualTo(2);
        assertThat(stub.requests("WebhookSubscriptionDelete")).extracting(request -> request.variables().getString("id"))
                .containsExactlyInAnyOrder("gid://shopify/WebhookSubscription/50", "gid://shopify/WebhookSubscription/51");
        assertThat(end(null)).as("by their names alone").isEqualTo(1);
    }

    private int end(URI address) {
        return subscriptions.end(shop, address).await().atMost(Duration.ofSeconds(20));
    }

    private Subscriptions keep() {
        return subscriptions.keep(shop, HERE).await().atMost(Duration.ofSeconds(20));
    }

    private void standing(String... rows) {
        stub.on("WebhookSubscriptions", data("{\"webhookSubscriptions\":{\"nodes\":[" + String.join(",", rows)
                + "],\"pageInfo\":{\"hasNextPage\":false,\"endCursor\":null}}}"));
    }

    private static List<String> all() {
        List<String> rows = new ArrayList<>();
        for (var topic : WebhookTopic.values()) {
            rows.add(row(rows.size(), topic.subscriptionName(), topic.name(), HERE.toString(),
                    topic.fields().stream().map(field -> "\"" + field + "\"").collect(Collectors.joining(","))));
        }
        return rows;
    }

    private static String row(int id, String name, String topic, String uri, String fields) {
        return "{\"id\":\"gid://shopify/WebhookSubscription/" + id + "\",\"name\":" + (name == null ? null : "\"" + name + "\"")
                + ",\"topic\":\"" + topic + "\",\"uri\":\"" + uri + "\",\"includeFields\":[" + fields + "]}";
    }
}

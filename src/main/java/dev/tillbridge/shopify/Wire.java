package dev.tillbridge.shopify;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What is sent to Shopify and answered, field by field as written there. */
@RegisterForReflection
final class Wire {

    /**
     * The connector's own mapper: fields that Shopify adds are ignored and nulls are sent, whatever the service's API asks
     * of its own JSON.
     */
    static final JsonMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private Wire() {}

    record Request(String query, Map<String, Object> variables) {}

    /** {@code errors} is a list of objects from GraphQL, but a text or an object where the call got no further than HTTP. */
    record Envelope(JsonNode data, JsonNode errors, Extensions extensions) {}

    record Extensions(Cost cost, List<Search> search) {}

    record Cost(double requestedQueryCost, Double actualQueryCost, ThrottleStatus throttleStatus) {}

    record ThrottleStatus(double maximumAvailable, double currentlyAvailable, double restoreRate) {}

    /** How Shopify understood a filter; a field it does not know is ignored with a warning, and everything matches. */
    record Search(List<String> path, String query, List<SearchWarning> warnings) {}

    record SearchWarning(String field, String message, String code) {}

    record UserError(List<String> field, String message, String code) {}

    record TokenRequest(@JsonProperty("grant_type") String grantType, @JsonProperty("client_id") String clientId,
            @JsonProperty("client_secret") String clientSecret) {

        @Override
        public String toString() {
            return "TokenRequest[*****]";
        }
    }

    record TokenAnswer(@JsonProperty("access_token") String accessToken, @JsonProperty("expires_in") Long expiresIn) {

        @Override
        public String toString() {
            return "TokenAnswer[*****]";
        }
    }

    record Id(String id) {}

    record PageInfo(boolean hasNextPage, String endCursor) {}

    record Profile(Shop shop, Installation currentAppInstallation) {}

    record Shop(String name, String myshopifyDomain, String currencyCode, boolean taxesIncluded, String ianaTimezone) {}

    record Installation(List<Scope> accessScopes) {}

    record Scope(String handle) {}

    record Locations(Id primary, LocationPage locations) {}

    record LocationPage(List<ShopLocation> nodes, PageInfo pageInfo) {}

    record ShopLocation(String id, String name, boolean isActive) {}

    record Definitions(DefinitionList metafieldDefinitions) {}

    record DefinitionList(List<Definition> nodes) {}

    record Definition(String id, DefinitionType type) {}

    record DefinitionType(String name) {}

    record DefinitionCreated(DefinitionPayload metafieldDefinitionCreate) {}

    record DefinitionPayload(Id createdDefinition, List<UserError> userErrors) {}

    record BulkStarted(BulkPayload bulkOperationRunQuery) {}

    record BulkPayload(BulkOperation bulkOperation, List<UserError> userErrors) {}

    record BulkStatus(BulkOperation bulkOperation) {}

    /** {@code objectCount} comes as a text. */
    record BulkOperation(String id, String status, String errorCode, Instant createdAt, long objectCount, String url) {}

    record VariantsPage(VariantConnection productVariants) {}

    record VariantConnection(List<JsonNode> nodes, PageInfo pageInfo) {}

    record ProductsPage(VariantConnection products) {}

    record Collections(List<CollectedProduct> nodes) {}

    record CollectedProduct(String id, CollectionPage collections) {}

    record CollectionPage(List<Titled> nodes) {}

    record Titled(String title) {}

    record ProductVariants(ProductNode product) {}

    record ProductNode(String id, VariantConnection variants) {}

    record Subscriptions(SubscriptionConnection webhookSubscriptions) {}

    record SubscriptionConnection(List<Subscription> nodes, PageInfo pageInfo) {}

    record Subscription(String id, String name, String topic, String uri, List<String> includeFields) {}

    /** Of the three mutations each answers under its own name. */
    record SubscriptionChanged(SubscriptionPayload webhookSubscriptionCreate, SubscriptionPayload webhookSubscriptionUpdate,
            SubscriptionPayload webhookSubscriptionDelete) {

        SubscriptionPayload payload() {
            if (webhookSubscriptionCreate != null) {
                return webhookSubscriptionCreate;
            }
            return webhookSubscriptionUpdate != null ? webhookSubscriptionUpdate : webhookSubscriptionDelete;
        }
    }

    record SubscriptionPayload(List<UserError> userErrors) {}

    record LevelsPage(LevelsLocation location) {}

    record LevelsLocation(LevelConnection inventoryLevels) {}

    record LevelConnection(List<ShopLevel> nodes, PageInfo pageInfo) {}

    record ShopLevel(Id item, List<Quantity> quantities) {}

    record Quantity(String name, Long quantity) {}

    record LevelsById(List<StockedItem> nodes) {}

    record StockedItem(String id, ShopLevel inventoryLevel) {}

    record Adjusted(AdjustPayload inventoryAdjustQuantities) {}

    record AdjustPayload(Id inventoryAdjustmentGroup, List<UserError> userErrors) {}
}

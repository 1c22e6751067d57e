package dev.tillbridge.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.order.OrderType;
import dev.tillbridge.testing.SandboxResource;

@QuarkusTest
@TestProfile(FakeVendors.class)
@QuarkusTestResource(SandboxResource.class)
class SettingsTest {

    @Inject
    FakeTill till;
    @Inject
    FakeShop shop;
    @Inject
    Pool pool;
    @Inject
    ChannelDirectory directory;

    private UUID channel;

    @BeforeEach
    void oneChannel() {
        till.reset();
        shop.reset();
        Api.empty(pool);
        channel = Api.connectChannel(Api.connectStore("demo.myshopify.com"), "Till", Api.MERCHANT);
    }

    @Test
    void everythingIsOffAtFirst() {
        Api.admin().get(address()).then().statusCode(200).header("ETag", "\"0\"")
                .body("uniqueIdentifier", equalTo("SKU")).body("inventorySync.enabled", equalTo(false))
                .body("inventorySync.onRecount", equalTo("REPORT")).body("orderSync.unpaidReservation", equalTo("PT12H"))
                .body("orderSync.skipUnpaid", equalTo(true)).body("inventorySync.sellsFromAllLocations", equalTo(null))
                .body("warnings", empty()).body("keySet()", hasSize(8));
        assertThat(Api.await(directory.channel(channel)).settings()).isEqualTo(ChannelSettings.DEFAULTS);
    }

    @Test
    void aChangeIsStoredJournalledAndGivesANewVersion() {
        put("{'inventorySync':{'enabled':true,'safetyStock':3,'sellingLocationIds':['101']}}", "\"0\"").statusCode(200)
                .header("ETag", "\"1\"").body("inventorySync.safetyStock", equalTo(3));
        var read = Api.await(directory.channel(channel));
        assertThat(read.settingsVersion()).isEqualTo(1);
        assertThat(read.settings().inventorySync().sellingLocationIds()).containsExactly("101");
        var entry = journal();
        assertThat(entry.getString("before")).isEqualTo(
                "{\"inventorySync.enabled\":false,\"inventorySync.safetyStock\":0,\"inventorySync.sellingLocationIds\":[]}");
        assertThat(entry.getString("after")).isEqualTo(
                "{\"inventorySync.enabled\":true,\"inventorySync.safetyStock\":3,\"inventorySync.sellingLocationIds\":[\"101\"]}");
        assertThat(entry.getString("actor")).isEqualTo("bootstrap");

        Api.admin().get("/api/v1/channels/" + channel).then().body("warnings.code", contains("sales-look-like-recounts"));
        put("{'inventorySync':{'enabled':true,'onRecount':'ADOPT'}}", "\"1\"").statusCode(200);
        Api.admin().get("/api/v1/channels/" + channel).then().body("warnings", empty());
    }

    @Test
    void theSameSettingsAgainChangeNothing() {
        put("{}", "\"0\"").statusCode(200).header("ETag", "\"0\"");
        assertThat(journal()).isNull();
    }

    @Test
    void aChangeNeedsTheVersionItWasMadeFrom() {
        Api.problem(Api.admin().body("{}").put(address()).then(), 428, "precondition-required");
        put("{'inventorySync':{'safetyStock':1}}", "\"0\"").statusCode(200);
        Api.problem(put("{'inventorySync':{'safetyStock':2}}", "\"0\""), 412, "settings-changed");
        Api.problem(put("{'inventorySync':{'safetyStock':2}}", "nonsense"), 412, "settings-changed");
        put("{'inventorySync':{'safetyStock':2}}", "W/\"1\"").statusCode(200).header("ETag", "\"2\"");
    }

    @ParameterizedTest(name = "{0} is answered with {1} at {2}")
    @CsvSource(delimiter = '|', textBlock = """
            {'inventorySync':{'safetyStock':-1}}                                                     | validation-failed    | inventorySync.safetyStock
            {'inventorySync':{'safetyStock':1.5}}                                                    | validation-failed    | inventorySync.safetyStock
            {'inventorySync':{'safetyStock':'3'}}                                                    | validation-failed    | inventorySync.safetyStock
            {'inventorySync':{'enabled':'yes'}}                                                      | validation-failed    | inventorySync.enabled
            {'inventorySync':{'onRecount':'IGNORE'}}                                                 | validation-failed    | inventorySync.onRecount
            {'inventorySync':{'sellingLocationIds':['101','999']}}                                   | unknown-location     | inventorySync.sellingLocationIds[1]
            {'inventorySync':{'sellingLocationIds':['103']}}                                         | validation-failed    | inventorySync.sellingLocationIds[0]
            {'inventorySync':{'sellingLocationIds':['101','101']}}                                   | validation-failed    | inventorySync.sellingLocationIds[1]
            {'inventorySync':{'sellingLocationIds':[null]}}                                          | validation-failed    | inventorySync
            {'inventorySync':{'sellingLocationIds':['101']},'orderSync':{'postingLocationId':'102'}} | validation-failed    | orderSync.postingLocationId
            {'orderSync':{'postingLocationId':'999'}}                                                | unknown-location     | orderSync.postingLocationId
            {'orderSync':{'unpaidReservation':'soon'}}                                               | validation-failed    | orderSync.unpaidReservation
            {'orderSync':{'enabled':true,'importFrom':'2020-01-01T00:00:00Z'}}                       | validation-failed    | orderSync.importFrom
            {'orderSync':{'importFrom':'2020-01-01T00:00:00Z'}}                                      | validation-failed    | orderSync.importFrom
            {'orderSync':{'importFrom':'yesterday'}}                                                 | validation-failed    | orderSync.importFrom
            {'orderSync':{'enabled':true},'inventorySync':{'sellingLocationIds':['102']}}            | validation-failed    | orderSync.postingLocationId
            {'orderSync':{'refundRestock':'SOME'}}                                                   | validation-failed    | orderSync.refundRestock
            {'priceSync':{'rule':{'percent':-100}}}                                                  | validation-failed    | priceSync.rule.percent
            {'priceSync':{'rule':{'percent':1.234}}}                                                 | validation-failed    | priceSync.rule.percent
            {'priceSync':{'rule':{'percent':1e999999}}}                                              | validation-failed    | priceSync.rule.percent
            {'priceSync':{'rule':{'percent':1001}}}                                                  | validation-failed    | priceSync.rule.percent
            {'priceSync':{'rule':{'percent':'10'}}}                                                  | validation-failed    | priceSync.rule.percent
            {'priceSync':{'rule':{'amount':0.5}}}                                                    | validation-failed    | priceSync.rule.amount
            {'priceSync':{'rule':{'amount':'0.505'}}}                                                | validation-failed    | priceSync.rule.amount
            {'priceSync':{'rule':{'amount':'1e9'}}}                                                  | validation-failed    | priceSync.rule.amount
            {'priceSync':{'rule':{'rounding':'TO_98'}}}                                              | validation-failed    | priceSync.rule.rounding
            {'priceSync':{'rule':{'percnt':10}}}                                                     | unknown-field        | priceSync.rule.percnt
            {'priceSync':{'rule':'+10 %'}}                                                           | validation-failed    | priceSync.rule
            {'shipmentSync':{'mappings':[{'channelMethod':'DELIVERY'}]}}                             | validation-failed    | shipmentSync.mappings[0].storeMethod
            {'shipmentSync':{'mappings':[{'storeMethod':'Standard'}]}}                               | validation-failed    | shipmentSync.mappings[0].channelMethod
            {'shipmentSync':{'mappings':[{'channelMethod':'GONE','storeMethod':'Standard'}]}}        | validation-failed    | shipmentSync.mappings[0].channelMethod
            {'productSync':{'defaultInventory':-5}}                                                  | validation-failed    | productSync.defaultInventory
            {'uniqueIdentifier':'NAME'}                                                              | validation-failed    | uniqueIdentifier
            {'notifications':{'recipients':['nobody']}}                                              | validation-failed    | notifications.recipients[0]
            {'inventorySync':{'safetyStok':3}}                                                       | unknown-field        | inventorySync.safetyStok
            {'shipmentSync':{'mappings':[{'channel':'x'}]}}                                          | unknown-field        | shipmentSync.mappings[0].channel
            """)
    void aWrongFieldIsNamedAndNothingIsChanged(String body, String code, String field) {
        Api.problem(put(body, "\"0\""), 422, code).body("violations.field", contains(field));
        assertThat(Api.await(directory.channel(channel)).settings()).isEqualTo(ChannelSettings.DEFAULTS);
        assertThat(journal()).isNull();
    }

    @Test
    void allWrongFieldsAreNamedAtOnce() {
        Api.problem(
                put("{'uniqueIdentifier':'NAME','shipmentSync':{'mappings':[{'channelMethod':'X','storeMethod':'Y'},{'channelMethod':'X','storeMethod':''}]},"
                        + "'inventorySync':{'safetyStock':-1}}", "\"0\""),
                422, "validation-failed")
                .body("violations.field", contains("uniqueIdentifier", "shipmentSync.mappings[0].channelMethod",
                        "shipmentSync.mappings[1].channelMethod",
                        "shipmentSync.mappings[1].storeMethod", "shipmentSync.mappings[1].channelMethod",
                        "inventorySync.safetyStock"));
    }

    @Test
    void turningOrderSyncOnWritesDownWhatWasLeftToThatMoment() {
        var before = Instant.now().minusSeconds(2);
        put("{'orderSync':{'enabled':true}}", "\"0\"").statusCode(200);

        var orders = Api.await(directory.channel(channel)).settings().orderSync();
        assertThat(orders.importFrom()).isBetween(before, Instant.now().plusSeconds(2));
        assertThat(orders.adjustStockFrom()).isEqualTo(orders.importFrom());
        assertThat(orders.postingLocationId()).as("the primary location").isEqualTo("101");

        // Saved again with nothing said of them they stay as they are
        put("{'orderSync':{'enabled':true,'tips':'INCLUDE'}}", "\"1\"").statusCode(200);
        var later = Api.await(directory.channel(channel)).settings().orderSync();
        assertThat(later.importFrom()).isEqualTo(orders.importFrom());
        assertThat(later.postingLocationId()).isEqualTo("101");
    }

    @Test
    void stockIsNotTouchedByWhatIsNotImported() {
        var from = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
        Api.problem(put("{'orderSync':{'enabled':true,'importFrom':'" + from + "','adjustStockFrom':'" + from.minusSeconds(1)
                + "'}}", "\"0\""), 422, "validation-failed").body("violations.field", contains("orderSync.adjustStockFrom"));
        put("{'orderSync':{'enabled':true,'importFrom':'" + from + "'}}", "\"0\"").statusCode(200);
        assertThat(Api.await(directory.channel(channel)).settings().orderSync().adjustStockFrom()).isAfter(from);
    }

    @Test
    void aTillThatCountsInAnotherCurrencyThanItsStoreImportsNoOrders() {
        till.merchant(new TillMerchant(Api.MERCHANT, "Demo Merchant", "EUR", "Europe/Berlin", true, true, true));
        Api.admin().post("/api/v1/channels/" + channel + "/check").then().statusCode(200);
        Api.problem(put("{'orderSync':{'enabled':true}}", "\"0\""), 422, "validation-failed")
                .body("violations.field", contains("orderSync.enabled"))
                .body("violations[0].message", containsString("EUR"));
    }

    @Test
    void contradictionsAreSaidInTheAnswer() {
        till.merchant(new TillMerchant(Api.MERCHANT, "Demo Merchant", "USD", "America/New_York", false, false, true));
        Api.admin().post("/api/v1/channels/" + channel + "/check").then().statusCode(200);
        put("{'inventorySync':{'enabled':true}}", "\"0\"").statusCode(200)
                .body("warnings.code", contains("sales-look-like-recounts", "track-stock-off"));
        var other = Api.connectChannel(Api.await(directory.channel(channel)).storeId(), "Other", "OTHERMERCHAN7");
        Api.admin().header("If-Match", "\"0\"")
                .body("{\"inventorySync\":{\"enabled\":true,\"onRecount\":\"ADOPT\",\"sellingLocationIds\":[\"101\"]}}")
                .put("/api/v1/channels/" + other + "/settings").then().statusCode(200)
                .body("warnings.code", hasItems("location-shared"))
                .body("warnings.find { it.code == 'location-shared' }.message", containsString("Till"));
    }

    @Test
    void theWarningsOfAnAnswerMayBeSentBack() {
        put("{'warnings':[{'code':'x','message':'y'}]}", "\"0\"").statusCode(200).header("ETag", "\"0\"");
    }

    @Test
    void aPriceRuleIsKeptAsItWasMeant() {
        put("{'priceSync':{'enabled':true,'rule':{'percent':12.50,'amount':' -0.50 ','rounding':'TO_95'}}}", "\"0\"")
                .statusCode(200).body("priceSync.rule.percent", equalTo(12.5f)).body("priceSync.rule.amount", equalTo("-0.50"))
                .body("priceSync.rule.rounding", equalTo("TO_95"));
        assertThat(Api.await(directory.channel(channel)).settings().priceSync().priceRule().words())
                .isEqualTo("+12.5 %, -0.50, to .95");
        var read = Api.admin().get(address()).then().statusCode(200).extract().asString();
        Api.admin().header("If-Match", "\"1\"").body(read).put(address()).then().statusCode(200).header("ETag", "\"1\"");
        put("{'priceSync':{'enabled':true,'rule':{}}}", "\"1\"").statusCode(200)
                .body("priceSync.rule.percent", equalTo(0)).body("priceSync.rule.amount", equalTo("0"))
                .body("priceSync.rule.rounding", equalTo("NONE"));
        assertThat(Api.await(directory.channel(channel)).settings().priceSync().priceRule().words()).isEmpty();
    }

    @Test
    void pricesAreKeptInStepOnlyWhereTheyMeanTheSame() {
        merchant("USD", true);
        Api.problem(put("{'priceSync':{'enabled':true}}", "\"0\""), 422, "tax-basis-differs")
                .body("violations.field", contains("priceSync.enabled"))
                .body("violations[0].message", containsString("VAT"));
        put("{'priceSync':{'enabled':false}}", "\"0\"").statusCode(200);
        merchant("EUR", false);
        Api.problem(put("{'priceSync':{'enabled':true}}", "\"0\""), 422, "currency-differs")
                .body("violations[0].message", containsString("EUR"));

        // A till that changes later keeps its settings, and says so
        merchant("USD", false);
        put("{'priceSync':{'enabled':true}}", "\"0\"").statusCode(200);
        Api.admin().get("/api/v1/channels/" + channel).then().body("warnings", empty());
        merchant("USD", true);
        Api.admin().get("/api/v1/channels/" + channel).then().body("warnings.code", contains("tax-basis-differs"));
    }

    @Test
    void aCurrencyWithoutCentsTakesNoRuleOfCents() {
        merchant("JPY", false);
        Api.problem(put("{'priceSync':{'rule':{'amount':'0.5','rounding':'TO_99'}}}", "\"0\""), 422, "validation-failed")
                .body("violations.field", contains("priceSync.rule.amount", "priceSync.rule.rounding"));
        put("{'priceSync':{'rule':{'amount':'-50','rounding':'WHOLE'}}}", "\"0\"").statusCode(200);
        merchant("KWD", false);
        put("{'priceSync':{'rule':{'amount':'0.505','rounding':'TO_95'}}}", "\"1\"").statusCode(200);
    }

    private void merchant(String currency, boolean vat) {
        till.merchant(new TillMerchant(Api.MERCHANT, "Demo Merchant", currency, "America/New_York", vat, true, true));
        Api.admin().post("/api/v1/channels/" + channel + "/check").then().statusCode(200);
    }

    @Test
    void choicesAreWhatIsThereToPickFrom() {
        Api.admin().get(address() + "/choices").then().statusCode(200).body("locations.id", contains("101", "102"))
                .body("identifiers.value", hasItems("SKU", "BARCODE_TO_SKU"))
                .body("orderTypes.id", contains("DELIVERY", "TABLE")).body("orderTypes.label", contains("Delivery", "Table"))
                .body("shippingMethods.name", contains("Standard", "Local delivery")).body("warnings", empty());
        shop.failWith(new ConnectorException.Transient("timeout", "Shopify did not answer.", false, null));
        Api.admin().get(address() + "/choices").then().statusCode(200).body("locations.id", contains("101", "102"))
                .body("orderTypes.id", contains("DELIVERY", "TABLE")).body("shippingMethods", empty())
                .body("warnings.code", contains("shipping-methods-unread"))
                .body("warnings[0].message", containsString("Shopify did not answer."));
    }

    @Test
    void mappingsAreCheckedAtSavingAndWarnedOfOnceTheirEndsAreGone() {
        put("{'orderSync':{'enabled':true},'shipmentSync':{'enabled':true,'mappings':[{'channelMethod':'DELIVERY','storeMethod':'Local delivery'}]}}",
                "\"0\"").statusCode(200).body("shipmentSync.enabled", equalTo(true)).body("warnings", empty());
        var settings = Api.await(directory.channel(channel)).settings().shipmentSync();
        assertThat(settings.methodOf("DELIVERY")).isEqualTo("Local delivery");
        assertThat(settings.methodOf("TABLE")).isNull();
        assertThat(settings.methodOf(null)).isNull();

        // The order type is deleted at the till, the method in the shop
        till.orderTypes(new OrderType("TABLE", "Table"));
        shop.shippingMethods("Standard");
        String read = Api.admin().get(address()).then().statusCode(200)
                .body("warnings.code", contains("order-type-gone", "shipping-method-unknown"))
                .body("warnings[0].message", containsString("shipmentSync.mappings[0]"))
                .body("warnings[1].message", containsString("Local delivery")).extract().asString();

        // What was read may be sent back as it is: what has gone keeps nobody from saving
        Api.admin().header("If-Match", "\"1\"").body(read.replace("\"tips\":\"OMIT\"", "\"tips\":\"INCLUDE\""))
                .put(address()).then().statusCode(200).header("ETag", "\"2\"")
                .body("warnings.code", contains("order-type-gone", "shipping-method-unknown"));
        put("{'shipmentSync':{'mappings':[{'channelMethod':'TABLE','storeMethod':'By balloon'}]}}", "\"2\"").statusCode(200)
                .body("warnings.code", contains("shipping-method-unknown"));
    }

    @Test
    void mappingsAreSavedUncheckedWhereNobodyAnswersAndTheAnswerSaysSo() {
        till.failWith(new ConnectorException.Transient("timeout", "Clover did not answer.", false, null));
        put("{'shipmentSync':{'enabled':true,'mappings':[{'channelMethod':'ANY','storeMethod':'Standard'}]}}", "\"0\"")
                .statusCode(200).body("warnings.code", contains("order-types-unread", "shipments-without-orders"));
    }

    private String address() {
        return "/api/v1/channels/" + channel + "/settings";
    }

    private ValidatableResponse put(String body, String ifMatch) {
        return Api.admin().header("If-Match", ifMatch).body(body.replace('\'', '"')).put(address()).then();
    }

    private Row journal() {
        var rows = Api
                .await(pool.preparedQuery("select * from journal where channel_id = $1 and subject = 'settings' order by id")
                        .execute(Tuple.of(channel)))
                .iterator();
        return rows.hasNext() ? rows.next() : null;
    }
}

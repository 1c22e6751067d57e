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
                .body("keySet()", hasSize(7));
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
            {'shipmentSync':{'enabled':true}}                                                        | stream-not-available | shipmentSync.enabled
            {'priceSync':{'enabled':true}}                                                           | stream-not-available | priceSync.enabled
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
                put("{'uniqueIdentifier':'NAME','shipmentSync':{'enabled':true},'inventorySync':{'safetyStock':-1}}", "\"0\""),
                422, "validation-failed")
                .body("violations.field", contains("uniqueIdentifier", "shipmentSync.enabled", "inventorySync.safetyStock"));
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
    void aDryRunIsRefusedBecauseThisVersionHasNone() {
        Api.problem(Api.admin().header("If-Match", "\"0\"").queryParam("dryRun", true).body("{}").put(address()).then(), 422,
                "stream-not-available");
    }

    @Test
    void choicesAreTheActiveLocationsAndTheIdentifiers() {
        Api.admin().get(address() + "/choices").then().statusCode(200).body("locations.id", contains("101", "102"))
                .body("identifiers.value", hasItems("SKU", "BARCODE_TO_SKU")).body("orderTypes", empty())
                .body("shippingMethods", empty());
        shop.failWith(new ConnectorException.Transient("timeout", "Shopify did not answer.", false, null));
        Api.admin().get(address() + "/choices").then().statusCode(200).body("locations.id", contains("101", "102"));
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

package dev.tillbridge.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ConnectorException.Rejected;
import dev.tillbridge.channel.ConnectorException.Throttled;
import dev.tillbridge.channel.ConnectorException.Transient;
import dev.tillbridge.channel.ConnectorException.Unauthorized;

class ShopifyFailuresTest {

    private static final ShopifyOperation READ = ShopifyOperation.VARIANTS_SINCE;
    private static final ShopifyOperation WRITE = ShopifyOperation.STOCK_ADJUST;

    @ParameterizedTest
    @CsvSource({ "402,shop-frozen", "404,shop-not-found", "423,shop-locked", "430,blocked", "301,redirected", "302,redirected",
            "400,bad-request"})
    void whatTheMerchantMustMendIsRejectedInWordsOfItsOwn(int status, String code) {
        assertThat(judge(status, "<html>Nothing here</html>", READ)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo(code);
            assertThat(rejected.status()).isEqualTo(status);
            assertThat(rejected.getMessage()).doesNotContain("<html>");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = { 401, 403})
    void aRefusedCredentialIsUnauthorizedAlsoWhereErrorsIsAText(int status) {
        assertThat(judge(status, "{\"errors\":\"[API] Invalid API key or access token\"}", READ))
                .isInstanceOf(Unauthorized.class);
    }

    @ParameterizedTest
    @ValueSource(ints = { 500, 502, 503, 504})
    void aServerErrorLeavesTheOutcomeOfAWriteUnknown(int status) {
        assertThat(judge(status, "<html>Bad gateway</html>", WRITE).outcomeUnknown()).isTrue();
        assertThat(judge(status, "", READ)).isInstanceOf(Transient.class)
                .extracting(ConnectorException::outcomeUnknown).isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(ints = { 200, 429})
    void aThrottledCallSaysHowLongTheBucketTakes(int status) {
        var body = """
                   {"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],
                    "extensions":{"cost":{"requestedQueryCost":552,"actualQueryCost":null,
                    "throttleStatus":{"maximumAvailable":2000.0,"currentlyAvailable":52,"restoreRate":100.0}}}}""";
        assertThat(judge(status, body, WRITE)).isInstanceOfSatisfying(Throttled.class,
                throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(5)));
    }

    @Test
    void withoutCostA429WaitsAsLongAsItsHeaderSays() {
        var http = new HttpAnswer(429, null, "2.0", null, "Too many requests");
        assertThat(ShopifyFailures.judge(ShopifyFailures.read(http, READ), http.retryAfter(), READ))
                .isInstanceOfSatisfying(Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(2)));
    }

    @Test
    void aMissingScopeIsNamed() {
        var body = """
                   {"data":{"location":null},"errors":[{"message":"Access denied for location field.","path":["location"],
                    "extensions":{"code":"ACCESS_DENIED","requiredAccess":"`read_locations` access scope."}}]}""";
        assertThat(judge(200, body, READ)).isInstanceOf(Unauthorized.class).hasMessageContaining("read_locations");
    }

    @Test
    void anInternalErrorLeavesTheOutcomeOfAWriteUnknown() {
        var body = "{\"errors\":[{\"message\":\"Internal error.\",\"extensions\":{\"code\":\"INTERNAL_SERVER_ERROR\"}}]}";
        assertThat(judge(200, body, WRITE)).isInstanceOf(Transient.class).satisfies(
                failure -> assertThat(failure.outcomeUnknown()).isTrue());
        assertThat(judge(200, body, READ).outcomeUnknown()).isFalse();
    }

    @Test
    void aQueryTooDearAndAShopThatIsClosedAreRejected() {
        assertThat(
                judge(200, "{\"errors\":[{\"message\":\"x\",\"extensions\":{\"code\":\"MAX_COST_EXCEEDED\"}}]}", READ).code())
                .isEqualTo("max-cost-exceeded");
        assertThat(judge(200, "{\"errors\":[{\"message\":\"x\",\"extensions\":{\"code\":\"SHOP_INACTIVE\"}}]}", READ).code())
                .isEqualTo("shop-inactive");
    }

    @Test
    void aFilterThatWasNotAppliedIsAnError() {
        var body = """
                   {"data":{"productVariants":{"nodes":[]}},"extensions":{"search":[{"path":["productVariants"],
                    "query":"updated_at:>='x'","warnings":[{"field":"updated_at","message":"Invalid search field for this query.",
                    "code":"invalid_field"}]}]}}""";
        assertThat(judge(200, body, READ)).isInstanceOf(Rejected.class).extracting(ConnectorException::code)
                .isEqualTo("filter-ignored");
    }

    @Test
    void anAnswerWithDataAndNothingElseIsFine() {
        assertThat(judge(200, "{\"data\":{\"x\":1},\"extensions\":{\"search\":[{\"path\":[\"x\"],\"query\":\"y\"}]}}", READ))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "<!doctype html>", "{\"data\":{\"a\":", "null", "[1]", "nonsense"})
    void anAnswerThatIsNoneIsPassingAndQuotesNothing(String body) {
        assertThatThrownBy(() -> {
            var answer = ShopifyFailures.read(new HttpAnswer(200, null, null, null, body), WRITE);
            throw ShopifyFailures.judge(answer, null, WRITE);
        }).isInstanceOfSatisfying(Transient.class, failure -> {
            assertThat(failure.code()).isEqualTo("invalid-answer");
            assertThat(failure.outcomeUnknown()).isTrue();
            assertThat(failure.getMessage()).doesNotContain("doctype").doesNotContain("nonsense");
        });
    }

    @Test
    void anAnswerWithoutDataIsInvalid() {
        assertThat(judge(200, "{}", READ).code()).isEqualTo("invalid-answer");
    }

    @Test
    void onlyWhatNeverHadAConnectionIsKnownToHaveDoneNothing() {
        assertThat(ShopifyFailures.transport(new RuntimeException(new ConnectException("refused")), WRITE).outcomeUnknown())
                .isFalse();
        assertThat(ShopifyFailures.transport(new RuntimeException(new TimeoutException()), WRITE)).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("timeout");
            assertThat(failure.outcomeUnknown()).isTrue();
        });
        assertThat(ShopifyFailures.transport(new SocketException("Connection reset"), WRITE)).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("connection-lost");
            assertThat(failure.outcomeUnknown()).isTrue();
        });
        assertThat(ShopifyFailures.transport(new SocketException("Connection reset"), READ).outcomeUnknown()).isFalse();
    }

    @Test
    void aUserErrorKeepsItsCodeAndPlace() {
        var error = new Wire.UserError(List.of("input", "changes", "3", "locationId"), "No such location", "INVALID_LOCATION");
        assertThat(ShopifyFailures.judge(List.of(error), WRITE)).isInstanceOf(Rejected.class)
                .hasMessageContaining("input.changes.3.locationId").extracting(ConnectorException::code)
                .isEqualTo("invalid-location");
        assertThat(ShopifyFailures.judge(List.of(), WRITE)).isNull();
    }

    @Test
    void aKeyThatIsBeingWorkedOnIsTriedAgainAndOneThatFailedIsNot() {
        assertThat(ShopifyFailures.judge(List.of(new Wire.UserError(null, "x", "IDEMPOTENCY_CONCURRENT_REQUEST")), WRITE))
                .isInstanceOf(Transient.class).satisfies(failure -> assertThat(failure.outcomeUnknown()).isTrue());
        assertThat(ShopifyFailures.judge(List.of(new Wire.UserError(null, "x", "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED")), WRITE))
                .isInstanceOf(Rejected.class).extracting(ConnectorException::code)
                .isEqualTo("idempotency-previous-attempt-failed");
    }

    private static ConnectorException judge(int status, String body, ShopifyOperation operation) {
        var http = new HttpAnswer(status, null, null, null, body);
        return ShopifyFailures.judge(ShopifyFailures.read(http, operation), null, operation);
    }
}

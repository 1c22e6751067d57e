package dev.tillbridge.clover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.OrderType;
import dev.tillbridge.order.Sale;
import dev.tillbridge.order.SaleCustomer;
import dev.tillbridge.order.SaleDiscount;
import dev.tillbridge.order.SaleLine;
import dev.tillbridge.order.SalePayment;
import dev.tillbridge.order.SaleRefund;
import dev.tillbridge.order.ServiceCharge;
import dev.tillbridge.order.TaxRate;

class SaleMapperTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ORDER = """
            {"href":"https://sandbox.dev.clover.com/v3/merchants/M/orders/2C453GQ15BWS8","id":"2C453GQ15BWS8",
             "currency":"usd","employee":{"id":"MEBZE2SG4VZEJ","role":"ADMIN","pin":"1234"},"total":800,"title":"",
             "note":"table 4","orderType":{"id":"A0RZYHZDDEYHA"},"taxRemoved":false,"isVat":true,"state":"OPEN",
             "paymentState":"paid","manualTransaction":false,"groupLineItems":false,"testMode":true,
             "createdTime":1625233671000,"clientCreatedTime":1625233671123,"modifiedTime":1625233670000,
             "device":{"id":"f1e2d3c4-0000-4000-8000-000000000000"},"unknown":{"deep":[1]},
             "serviceCharge":{"id":"D9MFF419P7V7M","name":"Service Charge","enabled":true,"percentage":1,"percentageDecimal":110000},
             "customers":{"elements":[{"id":"C1"},{"id":"C2"}]},
             "discounts":{"elements":[{"id":"D1","name":"Ten","percentage":10},{"id":"D2","name":"Off","amount":-500}]},
             "payments":{"elements":[{"id":"P1","order":{"id":"2C453GQ15BWS8"},"tender":{"id":"T1"},"amount":800,"tipAmount":20,
               "taxAmount":48,"createdTime":1625233672000,"modifiedTime":1625233673000,"result":"SUCCESS"}]},
             "refunds":{"elements":[{"id":"R1","orderRef":{"id":"2C453GQ15BWS8"},"payment":{"id":"P1"},"amount":100,"taxAmount":6,
               "lineItems":{"elements":[{"id":"L1"}]},"voided":false,"status":"SUCCESS","reason":"broken","createdTime":1625233674000}]},
             "credits":{"elements":[{"id":"K1","orderRef":{"id":"2C453GQ15BWS8"},"amount":50,"taxAmount":3,"voided":true,
               "createdTime":1625233675000}]}}""";

    private static final String LINE = """
            {"id":"L1","orderRef":{"id":"2C453GQ15BWS8"},"item":{"id":"ZKSKN4F9B7Q94"},"name":"Cheese","price":1999,"unitQty":1250,
             "unitName":"kg","itemCode":"4006381333931","note":"","printed":false,"createdTime":1625233671000,"exchanged":false,
             "refunded":true,"refund":{"id":"R1"},"isRevenue":true,"isOrderFee":false,
             "modifications":{"elements":[{"id":"M1","name":"sliced","amount":50,"modifier":{"id":"X"}},{"id":"M2","name":"thin"}]},
             "discounts":{"elements":[{"id":"D3","name":"Line","amount":"-25"}]},
             "taxRates":{"elements":[{"id":"A","name":"VAT","rate":825000,"isDefault":true},
               {"id":"B","name":"Bottle","rate":0,"taxAmount":10}]}}""";

    private static <T> T read(String json, Class<T> shape) {
        try {
            return JSON.readValue(json, shape);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WholeOrder whole(String orderJson, String... lines) {
        OrderWire.Order order = read(orderJson, OrderWire.Order.class);
        OrderFields fields = new OrderFields(order.id());
        return new WholeOrder(order, order, fields.elements("discounts", order.discounts()),
                List.of(lines).stream().map(line -> read(line, OrderWire.LineItem.class)).toList(),
                fields.elements("payments", order.payments()), fields.elements("refunds", order.refunds()),
                fields.elements("credits", order.credits()));
    }

    private static final WholeOrder.Names NAMES = new WholeOrder.Names(
            Map.of("T1", new OrderWire.Tender("T1", "Bar", "com.clover.tender.cash")),
            Map.of("A0RZYHZDDEYHA", new OrderWire.OrderType("A0RZYHZDDEYHA", "Pickup", null, false, false)),
            Map.of("MEBZE2SG4VZEJ", new OrderWire.Employee("MEBZE2SG4VZEJ", "Ann")));
    private static final WholeOrder.Names NONE = new WholeOrder.Names(Map.of(), Map.of(), Map.of());

    private static Sale sale(String order, String... lines) {
        return SaleMapper.sale(whole(order, lines), NAMES);
    }

    @Test
    void aWholeOrderIsTaken() {
        Sale sale = sale(ORDER, LINE);

        assertThat(sale.id()).isEqualTo("2C453GQ15BWS8");
        assertThat(sale.currency()).isEqualTo("USD");
        assertThat(sale.total()).isEqualTo(800);
        assertThat(sale.taxesIncluded()).isTrue();
        assertThat(sale.taxRemoved()).isFalse();
        assertThat(sale.test()).isTrue();
        assertThat(sale.state()).isEqualTo("open");
        assertThat(sale.paymentState()).isEqualTo("PAID");
        assertThat(sale.title()).isNull();
        assertThat(sale.note()).isEqualTo("table 4");
        assertThat(new OrderType(sale.orderTypeId(), sale.orderType())).isEqualTo(new OrderType("A0RZYHZDDEYHA", "Pickup"));
        assertThat(sale.employeeId()).isEqualTo("MEBZE2SG4VZEJ");
        assertThat(sale.employee()).isEqualTo("Ann");
        assertThat(sale.deviceId()).isEqualTo("f1e2d3c4-0000-4000-8000-000000000000");
        assertThat(sale.createdAt()).isEqualTo(Instant.ofEpochMilli(1625233671000L));
        assertThat(sale.clientCreatedAt()).isEqualTo(Instant.ofEpochMilli(1625233671123L));
        assertThat(sale.modifiedAt()).isEqualTo(Instant.ofEpochMilli(1625233670000L));
        assertThat(sale.deleted()).isFalse();
        assertThat(sale.customerId()).isEqualTo("C1");
        assertThat(sale.serviceCharge()).isEqualTo(new ServiceCharge("D9MFF419P7V7M", "Service Charge", 110000));
        assertThat(sale.discounts()).containsExactly(new SaleDiscount("D1", "Ten", null, 10L),
                new SaleDiscount("D2", "Off", -500L, null));
        assertThat(sale.lines()).containsExactly(new SaleLine("L1", "ZKSKN4F9B7Q94", "Cheese", 1999, 1250L, "kg", null,
                "4006381333931", true, false, false,
                List.of(new SaleLine.Modification("M1", "sliced", 50), new SaleLine.Modification("M2", "thin", 0)),
                List.of(new SaleDiscount("D3", "Line", -25L, null)),
                List.of(new TaxRate("A", "VAT", 825000, null), new TaxRate("B", "Bottle", 0, 10L))));
        assertThat(sale.payments()).containsExactly(new SalePayment("P1", "T1", "Bar", true, 800, 20, 48, "SUCCESS",
                Instant.ofEpochMilli(1625233672000L), Instant.ofEpochMilli(1625233673000L)));
        assertThat(sale.refunds()).containsExactly(
                new SaleRefund("R1", SaleRefund.Kind.REFUND, "P1", 100, 6, 0, List.of("L1"), "SUCCESS", false, "broken",
                        Instant.ofEpochMilli(1625233674000L)),
                new SaleRefund("K1", SaleRefund.Kind.CREDIT, null, 50, 3, 0, List.of(), null, true, null,
                        Instant.ofEpochMilli(1625233675000L)));
        assertThat(sale.toString()).doesNotContain("1234");
    }

    @Test
    void anOrderThatIsStillBeingMadeHasNeitherStateNorTotal() {
        Sale sale = SaleMapper.sale(whole("""
                {"id":"SDMKTXH7417AY","currency":"USD","employee":{"id":"MEBZE2SG4VZEJ"},"orderType":{"id":"X"},"taxRemoved":false,
                 "isVat":false,"createdTime":1624009537000,"modifiedTime":1624009538000,"deletedTimestamp":1624009539000,
                 "serviceCharge":{"id":"D","name":"off","enabled":false,"percentageDecimal":110000},
                 "payments":{"elements":[{"id":"P1","tender":{"id":"T9"},"amount":1,"result":"AUTH"}]}}"""), NONE);

        assertThat(sale.total()).isZero();
        assertThat(sale.state()).isNull();
        assertThat(sale.paymentState()).isNull();
        assertThat(sale.serviceCharge()).isNull();
        assertThat(sale.deleted()).isTrue();
        assertThat(sale.lines()).isEmpty();
        assertThat(sale.employee()).isNull();
        assertThat(sale.orderType()).isNull();
        assertThat(sale.payments()).singleElement().satisfies(payment -> {
            assertThat(payment.tender()).isNull();
            assertThat(payment.cash()).isFalse();
            assertThat(payment.received()).isFalse();
        });
    }

    @Test
    void aLineTypedInAtTheTillHasNoItemAndAFeeIsNoGoods() {
        Sale sale = sale(ORDER, """
                {"id":"L2","name":"Goparrot","price":1200,"unitQty":1000}""", """
                {"id":"L3","alternateName":"Bag","price":5,"isOrderFee":true,"exchanged":true}""");

        assertThat(sale.lines().get(0).itemId()).isNull();
        assertThat(sale.lines().get(0).measured()).isFalse();
        assertThat(sale.lines().get(0).units()).isEqualByComparingTo(BigDecimal.ONE);
        assertThat(sale.lines().get(1)).satisfies(line -> {
            assertThat(line.name()).isEqualTo("Bag");
            assertThat(line.fee()).isTrue();
            assertThat(line.exchanged()).isTrue();
        });
    }

    @Test
    void aRefundCutAtAHundredLinesIsMadeWholeByTheLinesThatNameIt() {
        String named = IntStream.range(0, 100).mapToObj(i -> "{\"id\":\"L" + i + "\"}").collect(Collectors.joining(","));
        String order = "{\"id\":\"O\",\"currency\":\"USD\",\"createdTime\":1,\"modifiedTime\":1,\"refunds\":{\"elements\":["
                + "{\"id\":\"R1\",\"amount\":5,\"lineItems\":{\"elements\":[" + named + "]}}]}}";
        String[] lines = IntStream.range(0, 103)
                .mapToObj(i -> "{\"id\":\"L" + i + "\",\"name\":\"x\",\"price\":1,\"refund\":{\"id\":\"R1\"}}")
                .toArray(String[]::new);

        assertThat(sale(order, lines).refunds().get(0).lineIds()).hasSize(103).doesNotHaveDuplicates();
        assertThatThrownBy(() -> sale(order)).isInstanceOf(ConnectorException.Rejected.class)
                .hasMessageContaining("refund R1").hasMessageContaining("lineItems");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "\"currency\":\"usd\"; \"currency\":null; currency",
            "\"currency\":\"usd\"; \"currency\":\"dollars\"; currency",
            "\"total\":800; \"total\":9223372036854775808; total",
            "\"total\":800; \"total\":800.5; total",
            "\"total\":800; \"total\":1e999999; total",
            "\"createdTime\":1625233671000; \"createdTime\":null; createdTime",
            "\"createdTime\":1625233671000; \"createdTime\":-5; createdTime",
            "\"createdTime\":1625233671000; \"createdTime\":9223372036854775807; createdTime",
            "\"modifiedTime\":1625233670000; \"modifiedTime\":null; modifiedTime",
            "\"amount\":800,; ; payment P1, amount",
            "\"result\":\"SUCCESS\"; \"result\":null; payment P1, result",
            "\"amount\":100,; \"amount\":-100,; refund R1, amount",
            "\"amount\":50,; ; credit K1, amount",
            "\"percentage\":10}; \"percentage\":null}; discount D1, amount",
            "\"percentage\":10}; \"percentage\":10,\"amount\":3}; discount D1, amount",
            "\"percentageDecimal\":110000; \"percentageDecimal\":null; service charge D9MFF419P7V7M, percentageDecimal",
            "{\"id\":\"C1\"}; null; customers",
            "\"price\":1999,; ; line L1, price",
            "\"unitQty\":1250; \"unitQty\":-1250; line L1, unitQty",
            "\"unitQty\":1250; \"unitQty\":999999999999; line L1, unitQty",
            "\"rate\":825000; \"rate\":825000,\"taxAmount\":3; line L1, tax rate A, taxAmount",
            "{\"id\":\"M2\"\\,\"name\":\"thin\"}; null; line L1, modifications"})
    void whatCannotBeUnderstoodIsRefusedByName(String what, String instead, String named) {
        String old = what.replace("\\,", ",");
        assertThat(ORDER + LINE).contains(old);
        String by = instead == null ? "" : instead;

        assertThatThrownBy(() -> sale(ORDER.replace(old, by), LINE.replace(old, by)))
                .isInstanceOfSatisfying(ConnectorException.Rejected.class,
                        failure -> assertThat(failure.code()).isEqualTo("sale-unusable"))
                .hasMessageContaining("2C453GQ15BWS8").hasMessageContaining(named);
    }

    @Test
    void whatCloverCutOffALineIsNotGuessed() {
        String hundred = IntStream.range(0, 100).mapToObj(i -> "{\"id\":\"M" + i + "\",\"name\":\"x\",\"amount\":1}")
                .collect(Collectors.joining(",", "{\"id\":\"L1\",\"name\":\"x\",\"price\":1,\"modifications\":{\"elements\":[",
                        "]}}"));

        assertThatThrownBy(() -> sale(ORDER, hundred)).isInstanceOf(ConnectorException.Rejected.class)
                .hasMessageContaining("line L1").hasMessageContaining("modifications");
    }

    @Test
    void aDiscountOfZeroBesideAnotherIsNone() {
        OrderFields fields = new OrderFields("O");

        assertThat(LineMapper.discount(fields, read("{\"id\":\"D\",\"name\":\"x\",\"amount\":0,\"percentage\":15}",
                OrderWire.Discount.class))).isEqualTo(new SaleDiscount("D", "x", null, 15L));
        assertThat(LineMapper.discount(fields, read("{\"id\":\"D\",\"name\":\"x\",\"amount\":-3,\"percentage\":0}",
                OrderWire.Discount.class))).isEqualTo(new SaleDiscount("D", "x", -3L, null));
    }

    @Test
    void theFirstEmailIsThePrimaryOneAndACustomerIsNeverShown() {
        OrderWire.Customer customer = read("""
                {"id":"C1","firstName":"Ada","lastName":" ","marketingAllowed":false,
                 "emailAddresses":{"elements":[{"id":"1","emailAddress":"old@example.com"},
                   {"id":"2","emailAddress":"ada@example.com","primaryEmail":true}]},
                 "phoneNumbers":{"elements":[{"id":"3","phoneNumber":""},{"id":"4","phoneNumber":"+1 555 0100"}]}}""",
                OrderWire.Customer.class);

        assertThat(CustomerReader.customer(customer))
                .isEqualTo(new SaleCustomer("Ada", null, "ada@example.com", "+1 555 0100"));
        assertThat(customer.toString() + customer.emailAddresses() + customer.phoneNumbers())
                .doesNotContain("Ada").doesNotContain("ada@").doesNotContain("555");
        assertThat(CustomerReader.customer(read("{\"id\":\"C1\",\"customerSince\":1619008646000}", OrderWire.Customer.class)))
                .isEqualTo(new SaleCustomer(null, null, null, null));
    }

    @Test
    void orderTypesThatAreHiddenOrDeletedCannotBeChosen() {
        assertThat(TillNames.shown(List.of(type("{\"id\":\"A\",\"label\":\"Pickup1\",\"isHidden\":false,\"isDeleted\":false}"),
                type("{\"id\":\"B\",\"isDefault\":true}"), type("{\"id\":\"C\",\"label\":\"x\",\"isHidden\":true}"),
                type("{\"id\":\"D\",\"label\":\"x\",\"isDeleted\":true}"))))
                .containsExactly(new OrderType("A", "Pickup1"), new OrderType("B", "B"));
    }

    private static OrderWire.OrderType type(String json) {
        return read(json, OrderWire.OrderType.class);
    }
}

package dev.tillbridge.order;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** Tells whether a sale read again is the one that was read before. Notes, titles and times of change do not matter. */
public final class SaleHash {

    private SaleHash() {}

    /** SHA-256, hexadecimal. It does not depend on the order in which the till lists lines, payments and refunds. */
    public static String of(Sale sale) {
        var text = new CanonicalText();
        text.add(sale.id(), sale.currency(), sale.total(), sale.taxesIncluded(), sale.taxRemoved(), sale.test(), sale.state(),
                sale.paymentState(), sale.orderTypeId(), sale.orderType(), sale.employeeId(), sale.employee(), sale.deviceId(),
                sale.createdAt(), sale.clientCreatedAt(), sale.deleted(), sale.customerId());
        discounts(text, sale.discounts());
        ServiceCharge charge = sale.serviceCharge();
        if (charge != null) {
            text.add(charge.id(), charge.name(), charge.percentage());
        }
        goods(text, sale);
        return sha256(text.toString());
    }

    private static void goods(CanonicalText text, Sale sale) {
        text.list(sorted(sale.lines(), SaleLine::id), line -> {
            text.add(line.id(), line.itemId(), line.name(), line.price(), line.unitQuantity(), line.unitName(), line.code(),
                    line.refunded(), line.exchanged(), line.fee());
            text.list(line.modifications(), change -> text.add(change.id(), change.name(), change.amount()));
            discounts(text, line.discounts());
            text.list(line.taxRates(), rate -> text.add(rate.id(), rate.name(), rate.rate(), rate.flat()));
        });
        text.list(sorted(sale.payments(), SalePayment::id), payment -> text.add(payment.id(), payment.tenderId(),
                payment.tender(), payment.cash(), payment.amount(), payment.tip(), payment.tax(), payment.result(),
                payment.createdAt()));
        text.list(sorted(sale.refunds(), SaleRefund::id), refund -> {
            text.add(refund.id(), refund.kind(), refund.paymentId(), refund.amount(), refund.tax(), refund.tip(),
                    refund.status(), refund.voided(), refund.reason(), refund.createdAt());
            text.list(refund.lineIds().stream().sorted().toList(), text::add);
        });
    }

    private static void discounts(CanonicalText text, List<SaleDiscount> discounts) {
        text.list(discounts, discount -> text.add(discount.id(), discount.name(), discount.amount(), discount.percentage()));
    }

    private static <T> List<T> sorted(List<T> values, Function<T, String> id) {
        return values.stream().sorted(Comparator.comparing(id, Comparator.nullsFirst(Comparator.naturalOrder()))).toList();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

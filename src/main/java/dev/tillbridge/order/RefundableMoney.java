package dev.tillbridge.order;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can still be given back of an order, by the transaction that the money came by. */
final class RefundableMoney {

    private static final Set<String> RECEIVED = Set.of("SALE", "CAPTURE");
    private static final Set<String> FAILED = Set.of("FAILURE", "ERROR");

    private final Map<StoreOrder.Transaction, BigDecimal> left = new LinkedHashMap<>();

    RefundableMoney(StoreOrder order) {
        for (StoreOrder.Transaction transaction : order.transactions()) {
            if (RECEIVED.contains(transaction.kind()) && "SUCCESS".equals(transaction.status())) {
                left.put(transaction, transaction.amount());
            }
        }
        BigDecimal loose = BigDecimal.ZERO;
        for (StoreOrder.Transaction transaction : order.transactions()) {
            if ("REFUND".equals(transaction.kind()) && !FAILED.contains(transaction.status())) {
                loose = loose.add(giveBack(transaction.parentId(), transaction.amount()));
            }
        }
        for (StoreOrder.Transaction transaction : List.copyOf(left.keySet())) {
            loose = loose.subtract(use(transaction, loose));
        }
    }

    BigDecimal total() {
        return left.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Takes an amount, no more than is left: from the payment's own transaction first, then from those paid the same way. */
    List<RefundDraft.Transaction> take(BigDecimal amount, Sale sale, SaleRefund refund, boolean tipsIncluded) {
        var taken = new ArrayList<RefundDraft.Transaction>();
        BigDecimal rest = amount;
        for (StoreOrder.Transaction transaction : preferred(sale, refund, tipsIncluded)) {
            BigDecimal part = use(transaction, rest);
            if (part.signum() > 0) {
                taken.add(new RefundDraft.Transaction(transaction.id(), transaction.gateway(), part));
                rest = rest.subtract(part);
            }
        }
        return taken;
    }

    private List<StoreOrder.Transaction> preferred(Sale sale, SaleRefund refund, boolean tipsIncluded) {
        var transactions = List.copyOf(left.keySet());
        var parts = OrderPayments.parts(sale, tipsIncluded);
        var preferred = new ArrayList<StoreOrder.Transaction>();
        for (int index = 0; index < parts.size(); index++) {
            OrderPayments.Part part = parts.get(index);
            if (!part.payment().id().equals(refund.paymentId())) {
                continue;
            }
            // The order's transactions stand in the order of the payments, as long as none was added or taken back.
            if (parts.size() == transactions.size() && part.gateway().equals(transactions.get(index).gateway())) {
                preferred.add(transactions.get(index));
            }
            transactions.stream().filter(transaction -> part.gateway().equals(transaction.gateway())
                    && !preferred.contains(transaction)).forEach(preferred::add);
        }
        transactions.stream().filter(transaction -> !preferred.contains(transaction)).forEach(preferred::add);
        return preferred;
    }

    /** What of it no transaction of ours can have given back. */
    private BigDecimal giveBack(String parentId, BigDecimal amount) {
        for (StoreOrder.Transaction transaction : List.copyOf(left.keySet())) {
            if (transaction.id().equals(parentId)) {
                return amount.subtract(use(transaction, amount));
            }
        }
        return amount;
    }

    private BigDecimal use(StoreOrder.Transaction transaction, BigDecimal wanted) {
        BigDecimal used = wanted.min(left.get(transaction));
        left.merge(transaction, used, BigDecimal::subtract);
        return used;
    }
}

package dev.tillbridge.clover;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.SaleCustomer;

/** Reads who bought. Nothing of it is ever logged, nor kept. */
final class CustomerReader {

    private final CloverTill till;

    CustomerReader(CloverTill till) {
        this.till = till;
    }

    /** Null where the till has no such customer or the token may not read customers; a sale does without. */
    Uni<SaleCustomer> read(String customerId) {
        return till.customer(CloverId.checked("a customer", customerId)).map(CustomerReader::customer)
                .onFailure(CustomerReader::unknown).recoverWithNull();
    }

    private static boolean unknown(Throwable failure) {
        return failure instanceof ConnectorException.Unauthorized || SaleReader.absent(failure);
    }

    static SaleCustomer customer(OrderWire.Customer customer) {
        return new SaleCustomer(OrderFields.text(customer.firstName()), OrderFields.text(customer.lastName()),
                email(elements(customer.emailAddresses())), phone(elements(customer.phoneNumbers())));
    }

    private static <R> List<R> elements(CloverWire.Elements<R> list) {
        return list == null || list.elements() == null
                ? List.of()
                : list.elements().stream().filter(Objects::nonNull).toList();
    }

    private static String email(List<OrderWire.Email> emails) {
        return emails.stream()
                .sorted(Comparator.comparing((OrderWire.Email email) -> !Boolean.TRUE.equals(email.primaryEmail())))
                .map(email -> OrderFields.text(email.emailAddress())).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static String phone(List<OrderWire.Phone> phones) {
        return phones.stream().map(phone -> OrderFields.text(phone.phoneNumber())).filter(Objects::nonNull).findFirst()
                .orElse(null);
    }
}

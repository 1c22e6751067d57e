package dev.tillbridge.order;

/** Who bought, as far as the till knows; each may be null. It is read when an order is made and kept nowhere. */
public record SaleCustomer(String firstName, String lastName, String email, String phone) {

    @Override
    public String toString() {
        return "SaleCustomer[*****]";
    }
}

package dev.tillbridge.sandbox.clover;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.tillbridge.sandbox.behaviour.Behaviour;
import dev.tillbridge.sandbox.behaviour.Switch;
import dev.tillbridge.sandbox.http.VendorAnswer;

/**
 * {@code payments}, {@code refunds} and {@code credits} of a merchant, to be read only. The 90-day window holds for payments;
 * that it does for the others is not said.
 *
 * @param <T> which of them
 */
final class MoneyResource<T extends SaleRow> implements Resource {

    private final Behaviour behaviour;
    private final boolean windowed;
    private final String notFound;
    private final Function<SaleBook, SaleRows<T>> rows;
    private final Fields<T> fields;
    private final Json<T> json;

    private MoneyResource(Behaviour behaviour, boolean windowed, String notFound, Function<SaleBook, SaleRows<T>> rows,
            Fields<T> fields, Json<T> json) {
        this.behaviour = behaviour;
        this.windowed = windowed;
        this.notFound = notFound;
        this.rows = rows;
        this.fields = fields;
        this.json = json;
    }

    static Resource payments(Behaviour behaviour) {
        return new MoneyResource<>(behaviour, true, "Payment not found", book -> book.payments, SaleFields.OF_PAYMENTS,
                MoneyJson::payment);
    }

    static Resource refunds(Behaviour behaviour) {
        return new MoneyResource<>(behaviour, false, "Refund not found", book -> book.refunds, SaleFields.OF_REFUNDS,
                MoneyJson::refund);
    }

    static Resource credits(Behaviour behaviour) {
        return new MoneyResource<>(behaviour, false, "Credit not found", book -> book.credits, SaleFields.OF_CREDITS,
                MoneyJson::credit);
    }

    @Override
    public String permission() {
        return "PAYMENTS";
    }

    @Override
    public String operation(Call call) {
        if (!call.reads() || call.rest().size() > 1) {
            return null;
        }
        return call.rest().isEmpty() ? "list" : "get";
    }

    @Override
    public void mustExist(Call call) {
        if (!call.rest().isEmpty() && rows.apply(call.merchant().sales).find(call.id()) == null) {
            throw CloverError.notFound(notFound);
        }
    }

    @Override
    public VendorAnswer answer(Call call) {
        SaleBook book = call.merchant().sales;
        SaleRows<T> all = rows.apply(book);
        Expansion expand = Expansion.of(call, behaviour);
        if (!call.rest().isEmpty()) {
            return ItemJson.answer(call, out -> json.write(out, all.find(call.id()), expand));
        }
        List<Filter> filters = fields.parse(call.filters());
        SaleWindow window = windowed
                ? SaleWindow.of(filters, behaviour.is(Switch.MODIFIED_TIME_WINDOW, "cut"), book.now())
                : SaleWindow.NONE;
        List<T> found = all.query(fields, filters, call.orderBy(), window::holds, "from " + window.from());
        return ItemJson.list(call, fields.allowed(), out -> {
            for (T row : call.page(found)) {
                json.write(out, row, expand);
            }
        });
    }

    /** Writes one of them. */
    private interface Json<T> {
        void write(JsonGenerator out, T row, Expansion expand) throws IOException;
    }
}

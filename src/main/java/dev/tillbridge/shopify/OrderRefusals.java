package dev.tillbridge.shopify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.tillbridge.channel.ConnectorException;

/**
 * What the user errors of {@code orderCreate} mean. Shopify's codes are few ({@code INVALID} covers most), so what matters to
 * the caller is told by the field, and only where that says nothing by the message.
 */
final class OrderRefusals {

    /** The schema has no code for a value of an {@code id} metafield that another order has. */
    private static final Pattern TAKEN = Pattern.compile("\\b(taken|unique|already|in use|duplicate)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DEFINITION = Pattern.compile("\\bdefinition\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern CUSTOMER = Pattern.compile("^(customer|e-?mail|phone)\\b", Pattern.CASE_INSENSITIVE);
    /** Trial and development stores take five orders a minute; how GraphQL says so is not documented, REST does in such words. */
    private static final Pattern TOO_MANY = Pattern.compile("\\b(rate limit|too many attempts)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

    private OrderRefusals() {}

    /** Null where nothing was refused. {@code named} says whether the order named a customer. */
    static ConnectorException judge(List<Wire.UserError> errors, boolean named) {
        if (errors == null || errors.isEmpty()) {
            return null;
        }
        for (var error : errors) {
            if (aboutIdentity(error) && (TAKEN.matcher(message(error)).find() || "TAKEN".equals(error.code()))) {
                return rejected("duplicate-identity", error);
            }
            if (TOO_MANY.matcher(message(error)).find()) {
                return new ConnectorException.Throttled("Shopify takes only so many orders a minute of this shop: "
                        + ShopifyFailures.quote(error.message()), Duration.ofMinutes(1));
            }
        }
        // What would be refused without the customer as well comes first.
        var others = errors.stream().filter(error -> !named || !aboutCustomer(error)).findFirst();
        if (others.isEmpty()) {
            return rejected("customer-refused", errors.get(0));
        }
        var error = others.get();
        return rejected(aboutIdentity(error) && DEFINITION.matcher(message(error)).find()
                ? "definition-missing"
                : ShopifyFailures.code(error), error);
    }

    /** The place of an error as a person would say it: {@code line item 3, tax line 1, rate}. */
    static String place(List<String> field) {
        List<String> words = new ArrayList<>();
        for (var part : field) {
            if (INDEX.matcher(part).matches() && !words.isEmpty()) {
                var last = words.size() - 1;
                words.set(last, words.get(last).replaceFirst("s$", "") + " " + (Integer.parseInt(part) + 1));
            } else if (!words.isEmpty() || !part.equals("order")) {
                words.add(part.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT));
            }
        }
        return String.join(", ", words);
    }

    private static ConnectorException rejected(String code, Wire.UserError error) {
        var place = error.field() == null ? "" : place(error.field());
        return new ConnectorException.Rejected(code, 200, "Shopify refused the order"
                + (place.isEmpty() ? "" : " because of its " + place) + ": " + ShopifyFailures.quote(error.message()));
    }

    /** The order carries one metafield and no other. */
    private static boolean aboutIdentity(Wire.UserError error) {
        return vague(error)
                ? message(error).toLowerCase(Locale.ROOT).contains("metafield")
                : error.field().contains("metafields");
    }

    private static boolean aboutCustomer(Wire.UserError error) {
        return vague(error)
                ? CUSTOMER.matcher(message(error)).find()
                : error.field().stream().map(part -> part.toLowerCase(Locale.ROOT))
                        .anyMatch(part -> part.contains("customer") || part.contains("email") || part.contains("phone"));
    }

    private static boolean vague(Wire.UserError error) {
        return error.field() == null || error.field().isEmpty() || error.field().equals(List.of("order"));
    }

    private static String message(Wire.UserError error) {
        return error.message() == null ? "" : error.message();
    }
}

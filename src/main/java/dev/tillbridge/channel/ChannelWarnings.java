package dev.tillbridge.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.tillbridge.price.LeftAlone;

/** What works, but not as a merchant may expect. */
final class ChannelWarnings {

    private ChannelWarnings() {}

    static List<Warning> of(ChannelRecord record, Integration integration) {
        var warnings = new ArrayList<Warning>();
        var missing = record.permissions().missing();
        if (!missing.isEmpty()) {
            warnings.add(new Warning("permissions-missing", "The token lacks " + labels(missing, integration)
                    + ". Allow it in the till's dashboard, make a new token and give it to this channel;"
                    + " what needs it does not work until then."));
        }
        var unverified = record.permissions().unverified();
        if (!unverified.isEmpty()) {
            warnings.add(new Warning("permissions-unverified", "Whether the token has " + labels(unverified, integration)
                    + " could not be told without changing something. Look it up in the till's dashboard."));
        }
        SettingsWarnings.trackStock(record).ifPresent(warnings::add);
        if (!record.merchant().updateStock()) {
            warnings.add(
                    new Warning("update-stock-off", "Sales do not lower the till's stock by themselves. Between a sale and the"
                            + " next pass the till shows more than there is; turn automatic stock update on in its inventory settings."));
        }
        if (record.terms().refusal().equals(Optional.of(LeftAlone.CURRENCY_DIFFERS))) {
            warnings.add(
                    new Warning("currency-differs", "The till counts in " + record.merchant().currency() + ", the store in "
                            + record.terms().storeCurrency() + ". Stock can be kept in step, orders and prices cannot."));
        }
        if (record.channel().settings().priceSync().enabled()
                && record.terms().refusal().equals(Optional.of(LeftAlone.TAX_BASIS_DIFFERS))) {
            warnings.add(new Warning("tax-basis-differs", "No price is written: " + record.terms().reason() + "."));
        }
        if (record.channel().settings().productSync().enabled() && !mayMakeItems(missing, integration)) {
            warnings.add(new Warning("products-cannot-be-published", "Product sync is on, but the token lacks "
                    + labels(missing.stream().filter(integration.catalogueWrites()::contains).toList(), integration)
                    + ": no item is made or changed until it has it."));
        }
        record.failing().forEach(failure -> warnings.add(new Warning("stream-failing",
                "A stream fails and is tried again by itself: " + failure)));
        SettingsWarnings.salesLikeRecounts(record.channel().settings()).ifPresent(warnings::add);
        return List.copyOf(warnings);
    }

    private static boolean mayMakeItems(List<String> missing, Integration integration) {
        return missing.stream().noneMatch(integration.catalogueWrites()::contains);
    }

    private static String labels(List<String> keys, Integration integration) {
        return keys.stream().map(key -> integration.permissions().stream().filter(known -> known.key().equals(key))
                .map(known -> known.label() + " (" + key + ")").findFirst().orElse(key)).collect(Collectors.joining(", "));
    }
}

package dev.tillbridge.channel;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.tillbridge.channel.SettingsRules.Broken;
import dev.tillbridge.platform.ProblemCode;
import dev.tillbridge.platform.Violation;
import dev.tillbridge.price.LeftAlone;
import dev.tillbridge.price.PriceTerms;

/** What the settings of price sync must fulfil. */
final class PriceSettingsRules {

    private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,7}(\\.\\d{1,4})?");
    private static final BigDecimal LEAST_PERCENT = new BigDecimal("-99.99");
    private static final BigDecimal MOST_PERCENT = BigDecimal.valueOf(1_000);

    private final PriceTerms terms;
    private final List<Broken> broken = new ArrayList<>();

    private PriceSettingsRules(PriceTerms terms) {
        this.terms = terms;
    }

    /** The rules these settings break; empty where they are right. */
    static List<Broken> broken(ChannelSettings.PriceSync prices, PriceTerms terms) {
        var rules = new PriceSettingsRules(terms);
        if (prices.enabled()) {
            rules.terms();
        }
        if (prices.rule() != null) {
            rules.rule(prices.rule());
        }
        return List.copyOf(rules.broken);
    }

    private void terms() {
        terms.refusal().ifPresent(why -> broken.add(new Broken(
                why == LeftAlone.TAX_BASIS_DIFFERS ? ProblemCode.TAX_BASIS_DIFFERS : ProblemCode.CURRENCY_DIFFERS,
                new Violation("priceSync.enabled", "must be false: " + terms.reason()))));
    }

    private void rule(ChannelSettings.PriceSync.Rule rule) {
        var percent = rule.percent();
        if (percent.compareTo(LEAST_PERCENT) < 0 || percent.compareTo(MOST_PERCENT) > 0 || percent.scale() > 2) {
            wrong("percent", "must be between " + LEAST_PERCENT + " and " + MOST_PERCENT + ", with two decimals at most");
        }
        var decimals = terms.decimals();
        if (!AMOUNT.matcher(rule.amount()).matches() || new BigDecimal(rule.amount()).scale() > decimals) {
            wrong("amount", "must be an amount such as \"" + BigDecimal.valueOf(-50, decimals).toPlainString()
                    + "\", below 10000000, with " + decimals + " decimals at most in " + terms.tillCurrency());
        }
        if (decimals < 2 && rule.rounding().needsCents()) {
            wrong("rounding", "must be NONE or WHOLE: " + terms.tillCurrency() + " has no cents");
        }
    }

    private void wrong(String field, String message) {
        broken.add(new Broken(ProblemCode.VALIDATION_FAILED, new Violation("priceSync.rule." + field, message)));
    }
}

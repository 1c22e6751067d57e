package dev.tillbridge.product;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;

import dev.tillbridge.catalog.Listing;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.price.PriceRule;
import dev.tillbridge.price.PriceTerms;
import dev.tillbridge.product.ProductFacts.VariantFacts;

/** Products as tests need them. */
final class Products {

    static final Terms TERMS = terms("USD", "USD", false, false);
    static final ProductConfig CONFIG = new SmallRyeConfigBuilder().addDefaultInterceptors()
            .withMapping(ProductConfig.class).withConverter(Duration.class, 300, new DurationConverter()).build()
            .getConfigMapping(ProductConfig.class);

    private Products() {}

    static Terms terms(String storeCurrency, String tillCurrency, boolean taxesIncluded, boolean vat) {
        return new Terms(new PriceTerms(tillCurrency, storeCurrency, vat, taxesIncluded), PriceRule.COPY, MemoryTill.LIMITS);
    }

    static VariantFacts variant(String id, String sku, String price, String... options) {
        List<Listing.Option> chosen = new ArrayList<>();
        for (int at = 0; at + 1 < options.length; at += 2) {
            chosen.add(new Listing.Option(options[at], options[at + 1]));
        }
        return new VariantFacts(id, "Variant " + id, chosen, sku, null, price == null ? null : new BigDecimal(price), null,
                null,
                null);
    }

    static VariantFacts linked(VariantFacts variant, String item, String group) {
        return new VariantFacts(variant.id(), variant.title(), variant.options(), variant.sku(), variant.code(),
                variant.price(),
                item, group, null);
    }

    static ProductFacts product(String title, VariantFacts... variants) {
        return new ProductFacts("p", title, null, true, List.of(variants));
    }

    /** A lease that lasts. */
    static Fence fence() {
        UUID store = UUID.randomUUID();
        return new Fence() {
            @Override
            public UUID storeId() {
                return store;
            }

            @Override
            public long number() {
                return 1;
            }

            @Override
            public Duration remaining() {
                return Duration.ofHours(1);
            }
        };
    }
}

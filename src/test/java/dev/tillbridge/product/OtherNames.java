package dev.tillbridge.product;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import dev.tillbridge.catalog.Listing;
import dev.tillbridge.product.ProductFacts.VariantFacts;

/** What a shop does to a product with options: other names for the product, an option, a value; values that change places; one of its own. */
final class OtherNames {

    private OtherNames() {}

    static ProductFacts of(ProductFacts product, Random random) {
        if (product.variants().size() < 2 || random.nextInt(3) == 0) {
            return product;
        }
        ProductFacts changed = new ProductFacts(product.productId(),
                random.nextBoolean() ? product.title() : product.title() + " II", product.category(), true,
                product.variants());
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            List<List<Listing.Option>> options = new ArrayList<>(
                    changed.variants().stream().map(VariantFacts::options).toList());
            change(options, random, changes);
            if (Set.copyOf(options).size() == options.size()) {
                changed = with(changed, options);
            }
        }
        return changed;
    }

    private static void change(List<List<Listing.Option>> options, Random random, int number) {
        int at = random.nextInt(options.get(0).size());
        String name = options.get(0).get(at).name();
        List<String> values = List.copyOf(new HashSet<>(options.stream().map(each -> each.get(at).value()).toList()));
        String one = values.get(random.nextInt(values.size()));
        String other = values.get(random.nextInt(values.size()));
        switch (random.nextInt(4)) {
            case 0 -> options.replaceAll(each -> set(each, at, name + number, each.get(at).value()));
            case 1 -> options.replaceAll(each -> set(each, at, name, each.get(at).value().equals(one)
                    ? one + "x" + number
                    : each.get(at).value()));
            case 2 -> options.replaceAll(each -> set(each, at, name, each.get(at).value().equals(one)
                    ? other
                    : each.get(at).value().equals(other) ? one : each.get(at).value()));
            default -> {
                int variant = random.nextInt(options.size());
                options.set(variant, set(options.get(variant), at, name, random.nextBoolean() ? other : one + "y" + number));
            }
        }
    }

    private static List<Listing.Option> set(List<Listing.Option> options, int at, String name, String value) {
        List<Listing.Option> changed = new ArrayList<>(options);
        changed.set(at, new Listing.Option(name, value));
        return changed;
    }

    private static ProductFacts with(ProductFacts product, List<List<Listing.Option>> options) {
        List<VariantFacts> variants = new ArrayList<>();
        for (int at = 0; at < options.size(); at++) {
            VariantFacts each = product.variants().get(at);
            variants.add(new VariantFacts(each.id(), each.title(), options.get(at), each.sku(), each.code(), each.price(),
                    each.itemId(), each.itemGroup(), each.obstacle()));
        }
        return new ProductFacts(product.productId(), product.title(), product.category(), true, variants);
    }
}

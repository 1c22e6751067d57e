package dev.tillbridge.product;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import dev.tillbridge.catalog.Listing;
import dev.tillbridge.channel.NewItem;
import dev.tillbridge.channel.TillPart;
import dev.tillbridge.platform.QuietPass;
import dev.tillbridge.product.MemoryTill.Fate;
import dev.tillbridge.product.ProductFacts.VariantFacts;

/**
 * Publishing against a till whose answers are lost, whose calls arrive late or never, and a process that ends anywhere: in the
 * end the till holds the catalogue, each thing once.
 */
class PublishingProperties {

    private static final String[] SIZES = { "Size", "Colour", "Cut"};

    private static final List<Fate> TROUBLES = List.of(Fate.ANSWER_LOST, Fate.LATE, Fate.REQUEST_LOST, Fate.REFUSED_FOR_NOW,
            Fate.KILLED_BEFORE, Fate.KILLED_AFTER);

    @Property(tries = 150)
    void the_till_holds_the_catalogue_and_nothing_twice(@ForAll @IntRange(min = 1, max = 60) int products,
            @ForAll @IntRange(min = 0, max = 25) int troublePercent, @ForAll long seed) {
        publish(products, 12, troublePercent, seed);
    }

    @Property(tries = 6)
    void also_a_large_catalogue_with_a_hundred_variants_each(@ForAll @IntRange(min = 100, max = 300) int products,
            @ForAll @IntRange(min = 0, max = 8) int troublePercent, @ForAll long seed) {
        publish(products, 100, troublePercent, seed);
    }

    private static void publish(int products, int mostVariants, int troublePercent, long seed) {
        Random random = new Random(seed);
        boolean[] calm = { false};
        MemoryTill till = new MemoryTill(() -> calm[0] || random.nextInt(100) >= troublePercent
                ? Fate.WELL
                : TROUBLES.get(random.nextInt(TROUBLES.size())));
        MemoryBook book = new MemoryBook(() -> !calm[0] && troublePercent > 0 && random.nextInt(2_000) < troublePercent);
        List<ProductFacts> catalogue = catalogue(random, products, mostVariants);
        // What is on the till already must be neither taken for ours nor touched.
        TillPart strange = new TillPart(TillPart.Kind.GROUP, "G-strange", null, catalogue.get(0).title());
        till.parts.put(strange.id(), strange);
        String strangeItem = till.put(new NewItem(catalogue.get(0).title(), null, null, 1, null));

        untilDone(till, book, catalogue, random, calm, seed);
        assertThat(book.conclusions.values()).allMatch(end -> end.leftOut().isEmpty());
        assertThat(till.parts.remove(strange.id())).isEqualTo(strange);
        till.items.remove(strangeItem);
        assertThat(book.links.values()).doesNotContain(strangeItem);
        holds(till, book, catalogue);
        assertThat(till.parts).as("no option twice").hasSize(expectedParts(catalogue));

        List<ProductFacts> renamed = catalogue.stream().map(product -> OtherNames.of(product, random)).toList();
        book.conclusions.clear();
        untilDone(till, book, renamed, random, calm, seed);
        assertThat(book.conclusions.values()).allMatch(end -> end.leftOut().isEmpty());
        holds(till, book, renamed);
        assertThat(till.parts.values().stream().map(part -> List.of(part.kind(), String.valueOf(part.parent()), part.name()))
                .filter(part -> part.get(0) != TillPart.Kind.GROUP)).as("no option twice").doesNotHaveDuplicates();
    }

    private static void untilDone(MemoryTill till, MemoryBook book, List<ProductFacts> catalogue, Random random,
            boolean[] calm, long seed) {
        calm[0] = false;
        for (int turn = 0; !done(book, catalogue); turn++) {
            assertThat(turn).as("turns, seed %d", seed).isLessThan(400);
            calm[0] = turn > 200;
            turn(till, book, catalogue, random);
            till.settle();
            match(till, book, catalogue, random);
            book.now = book.now.plus(Duration.ofSeconds(31));
        }
    }

    private static boolean done(MemoryBook book, List<ProductFacts> catalogue) {
        return catalogue.stream().allMatch(product -> {
            Conclusion end = book.conclusions.get(product.productId());
            assertThat(end == null || end.status() != Conclusion.Status.HELD).as("%s", end).isTrue();
            return end != null && end.status() == Conclusion.Status.DONE;
        });
    }

    /** Until the process ends. */
    private static void turn(MemoryTill till, MemoryBook book, List<ProductFacts> catalogue, Random random) {
        CreationLook look = new CreationLook(book);
        ProductPublisher publisher = new ProductPublisher(book, look, Products.CONFIG);
        CategoryMaker categories = new CategoryMaker(book, look, Products.CONFIG);
        Turn turn = Turn.of(new QuietPass(Products.fence()), null, till, null, Products.TERMS);
        try {
            Map<String, String> ids = get(categories.ensure(turn, Map.of(), catalogue.stream().map(ProductFacts::category)
                    .filter(java.util.Objects::nonNull).collect(Collectors.toSet())));
            for (ProductFacts product : catalogue) {
                Conclusion end = book.conclusions.get(product.productId());
                if (end == null || end.status() != Conclusion.Status.DONE) {
                    get(publisher.publish(turn, asItStands(product, till, book),
                            ids.get(CategoryMaker.key(product.category()))));
                }
            }
        } catch (MemoryTill.Killed end) {
            book.now = book.now.plusSeconds(random.nextInt(90));
        }
    }

    private static ProductFacts asItStands(ProductFacts product, MemoryTill till, MemoryBook book) {
        ProductFacts facts = product;
        for (VariantFacts variant : product.variants()) {
            String item = book.links.get(variant.id());
            facts = item == null ? facts : facts.linked(variant.id(), item, till.items.get(item).groupId());
        }
        return facts;
    }

    /** Matching may find what was made by a lost answer before publishing looks for it. */
    private static void match(MemoryTill till, MemoryBook book, List<ProductFacts> catalogue, Random random) {
        Set<String> linked = new HashSet<>(book.links.values());
        Map<String, String> bySku = new HashMap<>();
        till.items.forEach((id, item) -> {
            if (item.sku() != null && !linked.contains(id)) {
                bySku.put(item.sku(), id);
            }
        });
        for (ProductFacts product : catalogue) {
            for (VariantFacts variant : product.variants()) {
                String item = variant.sku() == null ? null : bySku.get(variant.sku());
                if (item != null && random.nextBoolean()) {
                    book.links.putIfAbsent(variant.id(), item);
                }
            }
        }
    }

    private static List<ProductFacts> catalogue(Random random, int products, int mostVariants) {
        List<ProductFacts> catalogue = new ArrayList<>();
        for (int number = 0; number < products; number++) {
            int variants = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(random.nextInt(4) == 0 ? mostVariants : 6);
            int options = 1 + random.nextInt(3);
            // Titles repeat, also in the same turn: what is alike must be told apart.
            String title = "Product " + random.nextInt(1 + products);
            List<VariantFacts> rows = new ArrayList<>();
            for (int at = 0; at < variants; at++) {
                String id = number + "-" + at;
                String sku = variants > 1 || random.nextInt(10) > 0 ? "SKU-" + id : null;
                rows.add(new VariantFacts(id, variants == 1 ? title : title + " - " + at, options(variants, options, at), sku,
                        random.nextBoolean() ? "C" + id : null, BigDecimal.valueOf(random.nextInt(5_000), 2), null, null,
                        null));
            }
            catalogue.add(new ProductFacts("p" + number, title, random.nextInt(4) == 0 ? null : "Kind " + random.nextInt(5),
                    true, rows));
        }
        return catalogue;
    }

    /** The mixed digits of a number: each combination once, in the order in which a store lists them. */
    private static List<Listing.Option> options(int variants, int options, int number) {
        int base = (int) Math.ceil(Math.pow(variants, 1.0 / options) - 1e-9);
        List<Listing.Option> chosen = new ArrayList<>();
        int left = number;
        for (int at = 0; at < options; at++) {
            chosen.add(new Listing.Option(SIZES[at], SIZES[at].charAt(0) + String.valueOf(left % base)));
            left /= base;
        }
        return chosen;
    }

    private static void holds(MemoryTill till, MemoryBook book, List<ProductFacts> catalogue) {
        int items = 0;
        int groups = 0;
        Set<String> kinds = new TreeSet<>();
        for (ProductFacts product : catalogue) {
            Set<String> itsGroups = new HashSet<>();
            for (VariantFacts variant : product.variants()) {
                items++;
                String id = book.links.get(variant.id());
                NewItem item = till.items.get(id);
                assertThat(item).as("item of %s", variant).isNotNull();
                assertThat(item.sku()).isEqualTo(variant.sku());
                assertThat(item.code()).isEqualTo(variant.code());
                assertThat(item.price()).isEqualTo(variant.price().unscaledValue().longValueExact());
                itsGroups.add(item.groupId());
                assertThat(till.categories.getOrDefault(id, Set.of()).stream().map(each -> till.parts.get(each).name()))
                        .containsExactlyElementsOf(product.category() == null ? List.of() : List.of(product.category()));
                if (product.variants().size() > 1) {
                    assertThat(till.options.get(id).stream()
                            .map(option -> till.parts.get(till.parts.get(option).parent()).name()
                                    + "=" + till.parts.get(option).name()))
                            .containsExactlyInAnyOrderElementsOf(variant.options().stream()
                                    .map(option -> option.name() + "=" + option.value()).toList());
                } else {
                    assertThat(item.groupId()).isNull();
                    assertThat(item.name()).isEqualTo(product.title());
                }
            }
            if (product.category() != null) {
                kinds.add(product.category());
            }
            if (product.variants().size() > 1) {
                groups++;
                assertThat(itsGroups).as("one group").hasSize(1).doesNotContainNull();
                assertThat(till.parts.get(itsGroups.iterator().next()).name()).isEqualTo(product.title());
            }
        }
        assertThat(till.items).as("no item twice").hasSize(items);
        assertThat(count(till, TillPart.Kind.GROUP)).as("no group twice").isEqualTo(groups);
        assertThat(count(till, TillPart.Kind.CATEGORY)).as("no category twice").isEqualTo(kinds.size());
    }

    /** Groups, attributes and options of grouped products, and categories. */
    private static int expectedParts(List<ProductFacts> catalogue) {
        long parts = catalogue.stream().map(ProductFacts::category).filter(java.util.Objects::nonNull).distinct().count();
        for (ProductFacts product : catalogue) {
            if (product.variants().size() > 1) {
                parts += 1 + product.variants().get(0).options().size()
                        + product.variants().stream().flatMap(variant -> variant.options().stream()).distinct().count();
            }
        }
        return (int) parts;
    }

    private static long count(MemoryTill till, TillPart.Kind kind) {
        return till.parts.values().stream().filter(part -> part.kind() == kind).count();
    }
}

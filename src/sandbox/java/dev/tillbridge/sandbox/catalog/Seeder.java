package dev.tillbridge.sandbox.catalog;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import dev.tillbridge.sandbox.catalog.SeedRow.ShopVariant;
import dev.tillbridge.sandbox.catalog.SeedRow.TillItem;

/** Makes a catalogue, row by row, and fills it into the books. */
public final class Seeder {

    private static final String[] QUALITY = { "Organic", "Classic", "Smoked", "Fresh", "Mild", "Dark", "Roasted", "Golden",
            "Handmade", "Alpine", "Wild", "Stone-ground"};
    private static final String[] GOODS = { "Coffee", "Green Tea", "Honey", "Olive Oil", "Almonds", "Cheese", "Chocolate",
            "Candle", "Soap", "T-Shirt", "Mug", "Notebook", "Bread", "Jam", "Pasta", "Pepper"};
    private static final String[] SIZES = { "Small", "Medium", "Large", "Extra Large"};

    private enum Share {
        DUPLICATE,
        MISSING,
        UNTRACKED,
        PER_UNIT,
        CASE,
        ZEROS,
        NO_QUANTITY,
        PLAIN
    }

    private final CatalogSeed seed;
    private final Random random;
    private final Share[] shares;
    private int duplicateNumber;
    private int product = -1;
    private int sizesLeft;
    private int productSizes;
    private String productTitle = "";

    private Seeder(CatalogSeed seed) {
        this.seed = seed;
        this.random = new Random(seed.seed());
        this.shares = shuffledShares();
    }

    /** Fills the targets with a new catalogue; they are cleared first. */
    public static SeedCounts fill(CatalogSeed seed, List<CatalogTarget> targets) {
        Seeder seeder = new Seeder(seed);
        targets.forEach(target -> target.clear(seed.locations()));
        for (int number = 0; number < seed.variants() + seed.tillOnly(); number++) {
            SeedRow row = number < seed.variants() ? seeder.row(number) : seeder.tillOnly(number);
            targets.forEach(target -> target.add(row));
        }
        return SeedCounts.of(seed);
    }

    private Share[] shuffledShares() {
        Share[] all = new Share[seed.variants()];
        int[] counts = { seed.duplicates(), seed.missingIdentifiers(), seed.untracked(), seed.perUnit(), seed.caseMismatch(),
                seed.leadingZeros(), seed.quantityAbsent()};
        int next = 0;
        for (int share = 0; share < counts.length; share++) {
            for (int i = 0; i < counts[share]; i++) {
                all[next++] = Share.values()[share];
            }
        }
        while (next < all.length) {
            all[next++] = Share.PLAIN;
        }
        for (int i = all.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            Share swapped = all[i];
            all[i] = all[j];
            all[j] = swapped;
        }
        return all;
    }

    private SeedRow row(int number) {
        Share share = shares[number];
        nextVariant();
        String title = productSizes == 1 ? "Default Title" : SIZES[productSizes - 1 - sizesLeft];
        String sku = sku(share, number);
        String barcode = share == Share.MISSING ? null : barcode(number, share == Share.ZEROS);
        long price = 99 + 50L * random.nextInt(200);
        List<Integer> available = available();
        ShopVariant variant = new ShopVariant(product, productTitle, title, sku, barcode, price, share != Share.UNTRACKED,
                available);
        String name = productSizes == 1 ? productTitle : productTitle + " " + title;
        boolean perUnit = share == Share.PER_UNIT;
        TillItem item = new TillItem(name, share == Share.CASE ? sku.toLowerCase(Locale.ROOT) : sku,
                share == Share.ZEROS ? barcode.replaceFirst("^0+", "") : barcode, price, perUnit ? "PER_UNIT" : "FIXED",
                perUnit ? "kg" : null, quantity(share, available));
        return new SeedRow(number, variant, item);
    }

    private SeedRow tillOnly(int number) {
        TillItem item = new TillItem("Till special " + number, "TILL-" + number, null, 500, "FIXED", null,
                BigDecimal.valueOf(random.nextInt(30)));
        return new SeedRow(number, null, item);
    }

    private void nextVariant() {
        if (sizesLeft > 0) {
            sizesLeft--;
            return;
        }
        product++;
        productSizes = random.nextInt(3) == 0 ? 2 + random.nextInt(SIZES.length - 1) : 1;
        sizesLeft = productSizes - 1;
        productTitle = QUALITY[random.nextInt(QUALITY.length)] + " " + GOODS[random.nextInt(GOODS.length)] + " "
                + (product + 1);
    }

    private String sku(Share share, int number) {
        if (share == Share.MISSING) {
            return null;
        }
        if (share != Share.DUPLICATE) {
            return String.format(Locale.ROOT, "TB-%06d", number);
        }
        // Pairs; the last of an odd count joins the pair before it, as a SKU of its own would be no duplicate.
        int group = Math.min(duplicateNumber++ / 2, seed.duplicates() / 2 - 1);
        return String.format(Locale.ROOT, "TB-DUP-%05d", group);
    }

    /** EAN-13 with its check digit; with two leading zeros where a near miss is wanted. */
    private String barcode(int number, boolean zeros) {
        String twelve = (zeros ? "00" : "40") + String.format(Locale.ROOT, "%010d", 1_000_000_000L + number);
        int sum = 0;
        for (int i = 0; i < twelve.length(); i++) {
            sum += (twelve.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return twelve + (10 - sum % 10) % 10;
    }

    private List<Integer> available() {
        List<Integer> units = new ArrayList<>(seed.locations());
        for (int location = 0; location < seed.locations(); location++) {
            units.add(random.nextInt(10) == 0 ? 0 : random.nextInt(60));
        }
        return List.copyOf(units);
    }

    /** Never what the shop has, so that a first sync has work; mostly more, as that is the dangerous side. */
    private BigDecimal quantity(Share share, List<Integer> available) {
        int total = available.stream().mapToInt(Integer::intValue).sum();
        int more = 1 + random.nextInt(20);
        int units = total >= 20 && random.nextInt(4) == 0 ? total / 2 : total + more;
        if (share == Share.NO_QUANTITY) {
            return null;
        }
        return share == Share.PER_UNIT ? BigDecimal.valueOf(units * 10L + 5, 1) : BigDecimal.valueOf(units);
    }
}

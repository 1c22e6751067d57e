package dev.tillbridge.sync;

import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is rung up at a till, drawn at random: the control call's JSON of a sale. */
public final class RandomSale {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TENDERS = List.of("cash", "credit_card", "debit_card", "check", "external_gift_card");
    private static final List<String> ORDER_TYPES = List.of("In Store", "Pick Up", "Delivery");

    private final Random random;
    private final List<String> pieces;
    private final List<String> measured;

    /**
     * @param pieces SKUs of what is sold by the piece
     * @param measured SKUs of what is weighed
     */
    public RandomSale(Random random, List<String> pieces, List<String> measured) {
        this.random = random;
        this.pieces = pieces;
        this.measured = measured;
    }

    /** A sale with one to four kinds of goods; the first one has an item. */
    ObjectNode next() {
        ObjectNode sale = JSON.createObjectNode();
        ArrayNode lines = sale.putArray("lines");
        int kinds = 1 + random.nextInt(4);
        for (int i = 0; i < kinds; i++) {
            line(lines.addObject(), i == 0);
        }
        if (random.nextInt(6) == 0) {
            discount(sale.putArray("discounts").addObject(), "Coupon");
        }
        if (random.nextInt(8) == 0) {
            sale.putObject("serviceCharge").put("name", "Service").put("percentageDecimal", 125_000);
        }
        if (random.nextInt(3) == 0) {
            sale.put("orderType", any(ORDER_TYPES));
        }
        if (random.nextInt(6) == 0) {
            sale.put("customerEmail", "buyer" + random.nextInt(5) + "@example.com");
        }
        return sale;
    }

    /** The same, paid at once, perhaps with a tip. */
    ObjectNode paid() {
        ObjectNode sale = next();
        sale.put("tender", any(TENDERS));
        if (random.nextInt(4) == 0) {
            sale.put("tip", 50 + random.nextInt(400));
        }
        return sale;
    }

    private void line(ObjectNode line, boolean goods) {
        if (!goods && random.nextInt(5) == 0) {
            line.put("name", "Repair").put("units", 1);
        } else if (random.nextInt(6) == 0) {
            line.put("sku", any(measured)).put("units", (100 + random.nextInt(2_900)) / 1_000.0);
        } else {
            line.put("sku", any(pieces)).put("units", 1 + random.nextInt(3));
        }
        line.put("price", 100 + random.nextInt(4_900));
        if (random.nextInt(3) > 0) {
            ArrayNode taxes = line.putArray("taxRates");
            taxes.addObject().put("name", "Sales tax").put("rate", 825_000);
            if (random.nextInt(4) == 0) {
                taxes.addObject().put("name", "City tax").put("rate", 112_500);
            }
        }
        if (random.nextInt(6) == 0) {
            line.putArray("modifications").addObject().put("name", "Gift wrap").put("amount", 150);
        }
        if (random.nextInt(6) == 0) {
            discount(line.putArray("discounts").addObject(), "Staff");
        }
    }

    /** Never all of it: no line is given away. */
    private void discount(ObjectNode discount, String name) {
        discount.put("name", name);
        if (random.nextBoolean()) {
            discount.put("percentage", 5 + random.nextInt(45));
        } else {
            discount.put("amount", -(1 + random.nextInt(60)));
        }
    }

    String tender() {
        return any(TENDERS);
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

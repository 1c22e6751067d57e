package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * The simulated shop's sums against recorded ones, {@code facts/samples/shopify/recorded} in the directory of the system property
 * {@code tillbridge.shared}, {@code ../shared} or {@code ../../shared}.
 */
class ShopOrderRecordingTest extends ShopOrderCase {

    private static final String RECORDING = "facts/samples/shopify/recorded/2025-01-order-create-math-matrix.json";
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void everySumOfTheRecordedMatrixIsOurs() throws IOException {
        Optional<Path> file = List.of(System.getProperty("tillbridge.shared", "none"), "../shared", "../../shared").stream()
                .map(place -> Path.of(place, RECORDING)).filter(Files::exists).findFirst();
        assumeThat(file).as("the recordings are not beside this checkout: nothing to compare with").isPresent();
        JsonNode recording = JSON.readTree(file.orElseThrow().toFile());
        // Only the shop's money is simulated.
        String document = recording.get("document").asText().replaceAll("presentmentMoney \\{[^}]*}", "");
        int compared = 0;
        for (JsonNode each : recording.get("cases")) {
            JsonNode expected = each.at("/response/payload/data/orderCreate/order");
            JsonNode ours = shop.data(document, Map.of("order", JSON.convertValue(each.at("/variables/order"), Map.class),
                    "options", JSON.convertValue(each.at("/variables/options"), Map.class))).at("/orderCreate/order");
            compared += compare(each.get("label").asText(), expected, ours);
        }
        assertThat(compared).isGreaterThan(60);
    }

    /** Everything but ids and names, which are the recorded shop's. */
    private static int compare(String label, JsonNode expected, JsonNode ours) {
        int compared = 0;
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            String name = field.getKey();
            if (name.equals("id") || name.equals("name") || name.equals("transactions")) {
                continue;
            }
            assertThat(shopMoney(ours.get(name))).as(label + " " + name).isEqualTo(shopMoney(field.getValue()));
            compared++;
        }
        return compared;
    }

    private static String shopMoney(JsonNode value) {
        return value.toString().replaceAll(",\"presentmentMoney\":\\{[^}]*}", "");
    }
}

package dev.tillbridge.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.ServiceApi;

/** Many shops with a till each, connected to a service. */
final class FleetOfService {

    /** A shop, its merchant and the channel that was made of them. */
    record Connected(String shop, String merchantId, String channel) {}

    private static final int AT_ONCE = 16;

    private FleetOfService() {}

    static List<Connected> connect(SandboxProcess sandbox, ServiceApi api, int stores, int variants)
            throws InterruptedException {
        JsonNode shops = sandbox
                .control("POST", "/fleet", "{\"shops\":" + stores + ",\"merchants\":" + stores + ",\"variants\":"
                        + variants + ",\"seed\":7}")
                .path("shops");
        List<Callable<Connected>> each = new ArrayList<>();
        shops.forEach(shop -> each.add(() -> connect(shop, api)));
        // Of each vendor's pace a connecting call has a small share, by token: many shops at once take hardly longer than one.
        ExecutorService several = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Connected> connected = new ArrayList<>();
            for (Future<Connected> one : several.invokeAll(each)) {
                connected.add(one.get());
            }
            return connected;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A shop of the fleet could not be connected", e.getCause());
        } finally {
            several.shutdownNow();
        }
    }

    private static Connected connect(JsonNode shop, ServiceApi api) throws IOException, InterruptedException {
        String domain = shop.path("shop").asText();
        JsonNode merchant = shop.path("merchants").path(0);
        String store = made(api, "/api/v1/stores", "{\"shopDomain\":\"" + domain + "\",\"accessToken\":\""
                + shop.path("token").asText() + "\",\"clientSecret\":\"" + shop.path("clientSecret").asText() + "\"}");
        String channel = made(api, "/api/v1/channels", "{\"storeId\":\"" + store + "\",\"name\":\"Till\",\"integration\":"
                + "\"clover\",\"region\":\"us\",\"merchantId\":\"" + merchant.path("merchantId").asText()
                + "\",\"token\":\"" + merchant.path("token").asText() + "\"}");
        api.turnOnOrderSync(channel);
        api.turnOnInventorySync(channel, 0);
        return new Connected(domain, merchant.path("merchantId").asText(), channel);
    }

    private static String made(ServiceApi api, String path, String body) {
        JsonNode answer = api.http().call("POST", path, body);
        if (!answer.hasNonNull("id")) {
            throw new IllegalStateException(path + " answered " + answer);
        }
        return answer.path("id").asText();
    }
}

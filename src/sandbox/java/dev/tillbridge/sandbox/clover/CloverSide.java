package dev.tillbridge.sandbox.clover;

import java.util.List;

import io.vertx.core.MultiMap;

import dev.tillbridge.sandbox.SandboxContext;
import dev.tillbridge.sandbox.catalog.CatalogTarget;
import dev.tillbridge.sandbox.catalog.SeedRow;
import dev.tillbridge.sandbox.catalog.StockRow;
import dev.tillbridge.sandbox.control.ControlRoutes;
import dev.tillbridge.sandbox.http.Operation;
import dev.tillbridge.sandbox.http.VendorAnswer;
import dev.tillbridge.sandbox.http.VendorRequest;
import dev.tillbridge.sandbox.http.VendorSide;

/** The simulated Clover. */
public final class CloverSide implements VendorSide {

    private final SandboxContext context;

    public CloverSide(SandboxContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return "clover";
    }

    @Override
    public Operation route(VendorRequest request) {
        return Operation.of("unknown", () -> VendorAnswer.json(404, "{\"message\":\"Not Found\"}"));
    }

    @Override
    public VendorAnswer tooManyRequests() {
        return VendorAnswer.json(429, "{\"message\":\"429 Too Many Requests\"}").with("X-RateLimit-tokenLimit", "16");
    }

    @Override
    public VendorAnswer serverError() {
        return VendorAnswer.json(500, "{\"message\":\"500 Internal Server Error\"}");
    }

    @Override
    public void controls(ControlRoutes routes) {
        routes.add("GET", "/clover", "Where Clover answers.", "", unused -> context.url("clover"));
    }

    @Override
    public CatalogTarget catalog(String merchantId) {
        return new CatalogTarget() {
            @Override
            public void clear(int locations) {}

            @Override
            public void add(SeedRow row) {}
        };
    }

    @Override
    public List<StockRow> stock(MultiMap query) {
        return List.of();
    }

    @Override
    public void reset() {}
}

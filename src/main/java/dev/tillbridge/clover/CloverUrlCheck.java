package dev.tillbridge.clover;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import dev.tillbridge.platform.AllowConfig;
import dev.tillbridge.platform.StartCheck;

/** Merchants' tokens go to Clover's own hosts and nowhere else. */
@ApplicationScoped
class CloverUrlCheck implements StartCheck {

    private final CloverConfig.Url configured;
    private final AllowConfig allow;

    CloverUrlCheck(CloverConfig config, AllowConfig allow) {
        this.configured = config.url();
        this.allow = allow;
    }

    @Override
    public Optional<String> fault() {
        var others = own().entrySet().stream()
                .filter(own -> !own.getKey().url(configured).equals(URI.create(own.getValue())))
                .map(own -> "tillbridge.clover.url." + own.getKey().key()).collect(Collectors.joining(", "));
        return others.isEmpty() || allow.vendorUrls()
                ? Optional.empty()
                : Optional.of("Merchants' tokens would be sent to other hosts than Clover's, by " + others
                        + ". Take that out; or allow it with tillbridge.allow.vendor-urls=true.");
    }

    private static Map<CloverRegion, String> own() {
        Map<CloverRegion, String> own = new LinkedHashMap<>();
        own.put(CloverRegion.US, CloverConfig.Url.US);
        own.put(CloverRegion.EU, CloverConfig.Url.EU);
        own.put(CloverRegion.LA, CloverConfig.Url.LA);
        own.put(CloverRegion.SANDBOX, CloverConfig.Url.SANDBOX);
        return own;
    }
}

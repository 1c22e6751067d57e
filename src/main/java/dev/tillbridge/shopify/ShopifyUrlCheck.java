package dev.tillbridge.shopify;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import dev.tillbridge.platform.AllowConfig;
import dev.tillbridge.platform.StartCheck;

/** Shops' tokens and secrets go to the shops' own domains and nowhere else. */
@ApplicationScoped
class ShopifyUrlCheck implements StartCheck {

    private final ShopifyConfig config;
    private final AllowConfig allow;

    ShopifyUrlCheck(ShopifyConfig config, AllowConfig allow) {
        this.config = config;
        this.allow = allow;
    }

    @Override
    public Optional<String> fault() {
        return config.url().equals(ShopifyConfig.URL) || allow.vendorUrls()
                ? Optional.empty()
                : Optional.of("Shops' tokens would be sent to another host than the shops' own, by tillbridge.shopify.url."
                        + " Take that out; or allow it with tillbridge.allow.vendor-urls=true.");
    }
}

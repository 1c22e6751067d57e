package dev.tillbridge.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What production refuses to start with unless it is allowed here. */
@ConfigMapping(prefix = "tillbridge.allow")
public interface AllowConfig {

    /** Connections to PostgreSQL that are not encrypted: on a machine or in a network of one's own. */
    @WithDefault("false")
    boolean databaseWithoutTls();

    /** Other addresses than the vendors' own: whoever answers there is given the stores' and tills' tokens. */
    @WithDefault("false")
    boolean vendorUrls();
}

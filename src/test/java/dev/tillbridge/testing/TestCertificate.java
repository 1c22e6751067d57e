package dev.tillbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.Format;

/** A certificate of {@code localhost} that signs itself, made once for each JVM; its files lie under the build directory. */
public final class TestCertificate {

    public static final String STORE_PASSWORD = "of-a-test";
    private static final Path DIRECTORY = make();

    private TestCertificate() {}

    /** PEM; whoever connects must trust it, since nobody else signed it. */
    public static Path certificate() {
        return DIRECTORY.resolve("localhost.crt");
    }

    /** PEM, of PKCS#8. */
    public static Path key() {
        return DIRECTORY.resolve("localhost.key");
    }

    /** Both, as PKCS#12. */
    public static Path keyStore() {
        return DIRECTORY.resolve("localhost-keystore.p12");
    }

    private static Path make() {
        try {
            Path directory = Files.createTempDirectory(Files.createDirectories(JavaProcess.build()).toAbsolutePath(), "tls");
            new CertificateGenerator(directory, true).generate(new CertificateRequest().withName("localhost")
                    .withFormat(Format.PEM).withFormat(Format.PKCS12).withPassword(STORE_PASSWORD).withCN("localhost")
                    .withSubjectAlternativeName("DNS:localhost"));
            // PostgreSQL takes no key that others could read.
            Files.setPosixFilePermissions(directory.resolve("localhost.key"), PosixFilePermissions.fromString("rw-------"));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("No certificate could be made", e);
        }
    }
}

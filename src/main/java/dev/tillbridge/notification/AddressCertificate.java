package dev.tillbridge.notification;

import java.net.URI;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import io.vertx.core.net.NetClientOptions;
import io.vertx.mutiny.core.Vertx;

/**
 * Until when the certificate behind {@code tillbridge.notification.public-url} is valid, in seconds since 1970; NaN where
 * there is no such address, it is not HTTPS, or it could not be looked at. People's links and the vendors' webhooks end with it.
 */
@ApplicationScoped
class AddressCertificate {

    private static final Logger LOG = Logger.getLogger(AddressCertificate.class);
    private static final int HTTPS_PORT = 443;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Optional<URI> address;
    private volatile double expires = Double.NaN;

    AddressCertificate(Vertx vertx, NotificationConfig config, MeterRegistry registry) {
        this.vertx = vertx;
        this.address = config.publicUrl().map(URI::create).filter(url -> "https".equalsIgnoreCase(url.getScheme()));
        Gauge.builder("tillbridge.certificate.expires.timestamp", () -> expires).baseUnit("seconds")
                .description("When the certificate of the public address expires").register(registry);
    }

    @Scheduled(identity = "certificate", every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        if (address.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        URI url = address.get();
        return expiry(url.getHost(), url.getPort() == -1 ? HTTPS_PORT : url.getPort())
                .map(instant -> (double) instant.getEpochSecond())
                .onFailure().invoke(failure -> LOG.warnf("The certificate of %s could not be looked at: %s", url.getHost(),
                        failure.getMessage()))
                .onFailure().recoverWithItem(Double.NaN)
                .invoke(seconds -> expires = seconds).replaceWithVoid();
    }

    private Uni<Instant> expiry(String host, int port) {
        // Only the date is asked for, nothing is sent: an expired or private certificate must be seen, too, not refused.
        var options = new NetClientOptions().setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm("")
                .setConnectTimeout((int) PATIENCE.toMillis());
        var client = vertx.createNetClient(options);
        return client.connect(port, host, host).ifNoItem().after(PATIENCE).fail()
                .onItem().transformToUni(socket -> Uni.createFrom()
                        .item(Unchecked.supplier(() -> firstToExpire(socket.getDelegate().peerCertificates())))
                        .eventually(socket::close))
                .eventually(client::close);
    }

    /** Of the certificate and those above it. */
    private static Instant firstToExpire(List<Certificate> chain) {
        return chain.stream().filter(X509Certificate.class::isInstance)
                .map(certificate -> ((X509Certificate) certificate).getNotAfter().toInstant()).min(Instant::compareTo)
                .orElseThrow(() -> new IllegalStateException("it shows no X.509 certificate"));
    }
}

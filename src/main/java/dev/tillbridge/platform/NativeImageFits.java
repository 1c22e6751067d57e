package dev.tillbridge.platform;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Map;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.CipherSuiteFilter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextOption;
import io.netty.handler.ssl.SslProvider;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * Puts right, in a native image alone, what libraries newer or older than the platform have and its own substitutions do not know:
 * such an image links everything that could be called. To be taken out, one by one, when the platform has caught up.
 */
final class NativeImageFits {

    private NativeImageFits() {}

    /** The problem extension reads a field of Quarkus's challenge that is gone; {@link AuthenticationMappers} stand before it. */
    @TargetClass(className = "io.quarkiverse.resteasy.problem.security.HttpUnauthorizedUtils")
    static final class Challenges {

        @Substitute
        static Uni<HttpProblem> toProblem(RoutingContext context, Exception failure) {
            return Uni.createFrom().item(ProblemCode.UNAUTHENTICATED.problem(ProblemTranslator.SEND_A_KEY));
        }
    }

    /** Netty 4.1.136 gave this method a parameter more, and Quarkus keeps OpenSSL out of the one without. */
    @TargetClass(className = "io.netty.handler.ssl.SslContext")
    static final class ClientContexts {

        @Substitute
        @SafeVarargs
        static SslContext newClientContextInternal(SslProvider provider, Provider sslContextProvider,
                X509Certificate[] trustCertCollection, TrustManagerFactory trustManagerFactory,
                X509Certificate[] keyCertChain, PrivateKey key, String keyPassword, KeyManagerFactory keyManagerFactory,
                Iterable<String> ciphers, CipherSuiteFilter cipherFilter, ApplicationProtocolConfig apn, String[] protocols,
                long sessionCacheSize, long sessionTimeout, boolean ofOpenSslAlone, boolean enableOcsp,
                SecureRandom secureRandom, String keyStoreType, String endpointIdentificationAlgorithm,
                Map.Entry<SslContextOption<?>, Object>... options) throws SSLException {
            if (enableOcsp) {
                throw new IllegalArgumentException("OCSP is not supported with this SslProvider: " + provider);
            }
            return SslContext.class.cast(new JdkClientContext(sslContextProvider, trustCertCollection, trustManagerFactory,
                    keyCertChain, key, keyPassword, keyManagerFactory, ciphers, cipherFilter, apn, protocols, sessionCacheSize,
                    sessionTimeout, secureRandom, keyStoreType, endpointIdentificationAlgorithm, new Resumption()));
        }
    }

    @TargetClass(className = "io.netty.handler.ssl.JdkSslClientContext")
    static final class JdkClientContext {

        @Alias
        JdkClientContext(Provider sslContextProvider, X509Certificate[] trustCertCollection,
                TrustManagerFactory trustManagerFactory, X509Certificate[] keyCertChain, PrivateKey key, String keyPassword,
                KeyManagerFactory keyManagerFactory, Iterable<String> ciphers, CipherSuiteFilter cipherFilter,
                ApplicationProtocolConfig apn, String[] protocols, long sessionCacheSize, long sessionTimeout,
                SecureRandom secureRandom, String keyStoreType, String endpointIdentificationAlgorithm, Resumption resumption)
                throws SSLException {}
    }

    @TargetClass(className = "io.netty.handler.ssl.ResumptionController")
    static final class Resumption {

        @Alias
        Resumption() {}
    }
}

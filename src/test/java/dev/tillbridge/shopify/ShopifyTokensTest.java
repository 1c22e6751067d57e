package dev.tillbridge.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.platform.Secret;

class ShopifyTokensTest {

    private final FakeTime time = new FakeTime();
    private final List<UniEmitter<? super ShopifyTokens.Grant>> requests = new ArrayList<>();
    private final ShopifyTokens tokens = new ShopifyTokens(() -> Uni.createFrom().emitter(requests::add), time);

    @Test
    void allWhoAskWhileATokenIsFetchedShareTheOneRequest() {
        var first = subscribe(tokens.current());
        var second = subscribe(tokens.current());
        assertThat(requests).hasSize(1);

        grant(0, "one");

        assertThat(first.awaitItem().getItem()).isEqualTo(Secret.of("one"));
        assertThat(second.awaitItem().getItem()).isEqualTo(Secret.of("one"));
    }

    @Test
    void aTokenIsUsedUntilTenMinutesBeforeItsEnd() {
        subscribe(tokens.current());
        grant(0, "one");
        time.advance(Duration.ofSeconds(86_399).minus(Duration.ofMinutes(11)));
        assertThat(subscribe(tokens.current()).awaitItem().getItem()).isEqualTo(Secret.of("one"));

        time.advance(Duration.ofMinutes(1).plusSeconds(1));
        var renewed = subscribe(tokens.current());
        grant(1, "two");

        assertThat(renewed.awaitItem().getItem()).isEqualTo(Secret.of("two"));
    }

    @Test
    void callersWhoseTokenWasRefusedFetchOneNewOneTogether() {
        subscribe(tokens.current());
        grant(0, "one");

        var first = subscribe(tokens.insteadOf(Secret.of("one")));
        var second = subscribe(tokens.insteadOf(Secret.of("one")));
        grant(1, "two");
        var late = subscribe(tokens.insteadOf(Secret.of("one")));

        assertThat(requests).hasSize(2);
        assertThat(List.of(first, second, late)).allSatisfy(
                caller -> assertThat(caller.awaitItem().getItem()).isEqualTo(Secret.of("two")));
    }

    @Test
    void aFailedRequestIsNotRemembered() {
        var failed = subscribe(tokens.current());
        requests.get(0).fail(new ConnectorException.Unauthorized("wrong secret"));
        failed.awaitFailure().assertFailedWith(ConnectorException.Unauthorized.class, "wrong secret");

        var again = subscribe(tokens.current());
        grant(1, "one");

        assertThat(again.awaitItem().getItem()).isEqualTo(Secret.of("one"));
    }

    private void grant(int request, String token) {
        requests.get(request).complete(new ShopifyTokens.Grant(Secret.of(token), Duration.ofSeconds(86_399)));
    }

    private static UniAssertSubscriber<Secret> subscribe(Uni<Secret> token) {
        return token.subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}

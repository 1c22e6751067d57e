package dev.tillbridge.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.tillbridge.platform.Secret;

class StoreCredentialsTest {

    @Test
    void aBlankFieldIsNoneAndBlanksAroundAValueAreNoPartOfIt() {
        var token = StoreCredentials.of(" shpat_1\n", "", "  ");
        assertThat(token.kind()).isEqualTo("ACCESS_TOKEN");
        assertThat(token.webhooksVerifiable()).isFalse();
        assertThat(token.kept()).containsOnlyKeys("access-token").containsValue(Secret.of("shpat_1"));

        var client = StoreCredentials.of(" ", "id ", "\tsecret");
        assertThat(client.kind()).isEqualTo("CLIENT_CREDENTIALS");
        assertThat(client.kept()).containsEntry("client-id", Secret.of("id")).containsEntry("client-secret",
                Secret.of("secret"));
    }

    @Test
    void itIsCompleteByWhatIsGivenNotByWhatIsSent() {
        assertThat(StoreCredentials.complete("token", "", null)).isTrue();
        assertThat(StoreCredentials.complete("", "id", "secret")).isTrue();
        assertThat(StoreCredentials.complete("token", "id", "secret")).isFalse();
        assertThat(StoreCredentials.complete(" ", "id", " ")).isFalse();
    }
}

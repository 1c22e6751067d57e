package dev.tillbridge.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.access.CredentialCipher.Sealed;
import dev.tillbridge.platform.Secret;

/**
 * Keeps the credentials of stores and channels, encrypted. It works on the connection it is given, so that a credential
 * is written in the transaction of what it belongs to. Made at start, so that a wrong key stops the start.
 */
@Startup
@ApplicationScoped
public class CredentialVault {

    private static final String UPSERT = """
                                         insert into credential (owner_id, name, key_id, nonce, ciphertext) values ($1, $2, $3, $4, $5)
                                         on conflict (owner_id, name) do update
                                            set key_id = excluded.key_id, nonce = excluded.nonce, ciphertext = excluded.ciphertext, updated_at = now()
                                         """;
    private static final String SELECT = "select name, key_id, nonce, ciphertext from credential where owner_id = $1";
    private static final String OLDER = "select owner_id, name, key_id, nonce, ciphertext from credential where key_id <> $1";
    // The nonce tells whether the row is still the one that was read: it is new with each encryption. "updated_at" stays: nobody
    // gave another credential.
    private static final String ROTATE = """
                                         update credential set key_id = $3, nonce = $4, ciphertext = $5
                                          where owner_id = $1 and name = $2 and key_id = $6 and nonce = $7
                                         """;
    private static final String DELETE = "delete from credential where owner_id = $1";

    private final CredentialCipher cipher;

    CredentialVault(AccessConfig config) {
        this.cipher = new CredentialCipher(
                config.encryptionKey().orElseThrow(() -> new IllegalStateException(
                        "tillbridge.access.encryption-key is not set." + EncryptionKeyCheck.MAKE_ONE)),
                config.olderEncryptionKeys().orElse(List.of()));
    }

    /** Replaces all credentials of the owner by these, encrypted with the current key. */
    public Uni<Void> replace(SqlClient connection, UUID ownerId, Map<String, Secret> credentials) {
        var rows = credentials.entrySet().stream().map(credential -> {
            var sealed = cipher.encrypt(ownerId, credential.getKey(), credential.getValue());
            return Tuple.of(ownerId, credential.getKey(), sealed.keyId(), Buffer.buffer(sealed.nonce()),
                    Buffer.buffer(sealed.ciphertext()));
        }).toList();
        return delete(connection, ownerId)
                .chain(() -> connection.preparedQuery(UPSERT).executeBatch(rows)).replaceWithVoid();
    }

    /** The owner's credentials by name; empty where it has none. */
    public Uni<Map<String, Secret>> read(SqlClient connection, UUID ownerId) {
        return connection.preparedQuery(SELECT).execute(Tuple.of(ownerId)).map(rows -> {
            var credentials = new HashMap<String, Secret>();
            rows.forEach(row -> credentials.put(row.getString("name"),
                    cipher.decrypt(ownerId, row.getString("name"), sealed(row))));
            return credentials;
        });
    }

    public Uni<Void> delete(SqlClient connection, UUID ownerId) {
        return connection.preparedQuery(DELETE).execute(Tuple.of(ownerId)).replaceWithVoid();
    }

    /** The rows that another key than the current one encrypted. */
    Uni<List<Stored>> underOlderKeys(SqlClient connection) {
        return connection.preparedQuery(OLDER).execute(Tuple.of(cipher.currentKeyId())).map(rows -> rows.stream()
                .map(row -> new Stored(row.getUUID("owner_id"), row.getString("name"), sealed(row))).toList());
    }

    /** Encrypts the row with the current key; false where it was changed meanwhile. Fails where its key is not configured. */
    Uni<Boolean> rotate(SqlClient connection, Stored stored) {
        return Uni.createFrom().item(() -> cipher.encrypt(stored.ownerId(), stored.name(),
                cipher.decrypt(stored.ownerId(), stored.name(), stored.sealed())))
                .chain(fresh -> connection.preparedQuery(ROTATE).execute(Tuple.from(List.of(stored.ownerId(), stored.name(),
                        fresh.keyId(), Buffer.buffer(fresh.nonce()), Buffer.buffer(fresh.ciphertext()),
                        stored.sealed().keyId(), Buffer.buffer(stored.sealed().nonce())))))
                .map(updated -> updated.rowCount() == 1);
    }

    /** An encrypted credential and whose it is. */
    record Stored(UUID ownerId, String name, Sealed sealed) {}

    private static Sealed sealed(Row row) {
        return new Sealed(row.getString("key_id"), row.getBuffer("nonce").getBytes(), row.getBuffer("ciphertext").getBytes());
    }
}

package dev.tillbridge.access;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An API key as it is stored: a hash in place of the token. */
@Entity
@Table(name = "api_key")
class ApiKey {

    @Id
    private UUID id;

    private String name;

    @Column(name = "secret_hash")
    private byte[] secretHash;

    private String role;

    @Column(name = "store_id")
    private UUID storeId;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "created_by")
    private String createdBy;

    @Column(name = "last_used_at")
    private Instant lastUsedAt;

    @Column(name = "revoked_at")
    private Instant revokedAt;

    /** For Hibernate. */
    protected ApiKey() {}

    ApiKey(String name, byte[] secretHash, Role role, UUID storeId, Instant createdAt, String createdBy) {
        this.id = UUID.randomUUID();
        this.name = name;
        this.secretHash = secretHash.clone();
        this.role = role.text();
        this.storeId = storeId;
        this.createdAt = createdAt;
        this.createdBy = createdBy;
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    Role role() {
        return Role.of(role);
    }

    UUID storeId() {
        return storeId;
    }

    Instant createdAt() {
        return createdAt;
    }

    String createdBy() {
        return createdBy;
    }

    Instant lastUsedAt() {
        return lastUsedAt;
    }

    Instant revokedAt() {
        return revokedAt;
    }

    void revoke(Instant at) {
        if (revokedAt == null) {
            revokedAt = at;
        }
    }
}

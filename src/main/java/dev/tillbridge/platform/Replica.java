package dev.tillbridge.platform;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

/** This process among all that share the database: a name of its own with each start. */
@ApplicationScoped
public class Replica {

    private final String id = UUID.randomUUID().toString();

    public String id() {
        return id;
    }
}

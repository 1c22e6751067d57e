package dev.tillbridge.access;

/** The roles as texts, because {@code @RolesAllowed} takes constants only. Each includes those before it. */
public final class Roles {

    public static final String VIEWER = "viewer";
    public static final String OPERATOR = "operator";
    public static final String ADMIN = "admin";

    private Roles() {}
}

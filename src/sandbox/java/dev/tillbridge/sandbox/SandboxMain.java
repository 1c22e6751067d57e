package dev.tillbridge.sandbox;

import java.util.concurrent.CountDownLatch;

/**
 * The sandbox as a process of its own. Options: {@link SandboxOptions#fromEnvironment}; {@code -Dsandbox.database=true} also
 * starts a PostgreSQL ({@code -Dsandbox.database-port}, default 4183). Prints one line with the addresses; ends on SIGTERM.
 */
public final class SandboxMain {

    private SandboxMain() {}

    public static void main(String[] args) throws InterruptedException {
        SandboxOptions options = SandboxOptions.fromEnvironment();
        boolean withDatabase = SandboxOptions.flag("database", false);
        EmbeddedDatabase database = withDatabase
                ? EmbeddedDatabase.start(SandboxOptions.number("database-port", EmbeddedDatabase.PORT))
                : null;
        Sandbox sandbox = Sandbox.start(options);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            sandbox.close();
            if (database != null) {
                database.close();
            }
            ended.countDown();
        }, "sandbox-shutdown"));
        System.out.println("Sandbox ready: control " + sandbox.controlUrl() + ", Clover " + sandbox.cloverUrl()
                + (sandbox.sides().contains(Sandbox.SHOPIFY) ? ", Shopify " + sandbox.shopifyUrl() : "")
                + (database == null ? "" : ", PostgreSQL " + database.jdbcUrl()));
        ended.await();
    }
}

/**
 * Dev mode with the sandbox: {@code ./mvnw -Psandbox quarkus:dev}. The only place of the sandbox that uses Quarkus, and only to
 * start it; the service itself is driven from outside, through its REST API.
 */
package dev.tillbridge.sandbox.dev;

/**
 * What every feature stands on: the database's clock, secrets that do not print themselves, problem details, fenced
 * transactions, health, the OpenAPI filter and start-up checks. It knows no feature, so that features may all know it.
 */
package dev.tillbridge.platform;

package dev.tillbridge;

import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * All unit tests but those of the engine from end to end, which are {@link SalesSuite} and {@link SyncSuite}. Surefire has two
 * JVMs and gives each one suite after the other: half of the time tests wait for a next turn, and within a suite the classes of one
 * Quarkus application follow each other.
 */
@Suite
@SelectPackages("dev.tillbridge")
@ExcludePackages("dev.tillbridge.sync")
class PartsSuite {}

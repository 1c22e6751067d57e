package dev.tillbridge;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Everything else that is kept in step, from end to end. */
@Suite
@SelectPackages("dev.tillbridge.sync")
@ExcludeClassNamePatterns(SalesSuite.SALES)
class SyncSuite {}

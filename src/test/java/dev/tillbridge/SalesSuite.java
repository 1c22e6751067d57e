package dev.tillbridge;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Sales from till to shop, from end to end: the half of the package whose tests take longest. */
@Suite
@SelectPackages("dev.tillbridge.sync")
@IncludeClassNamePatterns(SalesSuite.SALES)
class SalesSuite {

    static final String SALES = ".*\\.(Order|Oversell|PoisonedSales)\\w*Test";
}

package dev.tillbridge.web;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests that are steps of one way: after one that failed the others would only wait for what will not come. */
final class StepByStep implements ExecutionCondition, AfterTestExecutionCallback {

    private static final ExtensionContext.Namespace OWN = ExtensionContext.Namespace.create(StepByStep.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String failed = context.getStore(OWN).get(context.getRequiredTestClass(), String.class);
        return failed == null
                ? ConditionEvaluationResult.enabled("No step failed")
                : ConditionEvaluationResult.disabled("The step " + failed + " failed");
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            context.getParent().orElseThrow().getStore(OWN).put(context.getRequiredTestClass(), context.getDisplayName());
        }
    }
}

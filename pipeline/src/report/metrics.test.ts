import { describe, expect, it } from "vitest";
import { sampleDeployment, sampleRun, stageRun, stepRun } from "../../test/builders/run.ts";
import { greenRun, redRun } from "../../test/builders/sample-runs.ts";
import { metricsText } from "./metrics.ts";

describe("metricsText", () => {
  it("writes what was measured, one value a line", () => {
    expect(metricsText(greenRun())).toBe(
      [
        "build_duration_seconds=74.8",
        "test_coverage_percent=75.2",
        "test_duration_seconds=64.2",
        "test_success_percent=100",
        "tests_passed=345",
        "tests_failed=0",
        "tests_skipped=4",
        "stage_code_quality_seconds=8.4",
        "stage_unit_tests_seconds=64.2",
        "stage_integration_tests_seconds=41.7",
        "",
      ].join("\n"),
    );
  });

  it("writes nothing that was not measured", () => {
    expect(metricsText(sampleRun())).toBe("build_duration_seconds=74.8\n");
  });

  it("rounds down and adds the deployment's time and the steps' own numbers", () => {
    const stages = [
      stageRun("smoke-tests", {
        steps: [
          stepRun("image", { measures: { imageSizeBytes: 1024, layer: "big", "start-up": 1.28 } }),
        ],
      }),
    ];
    const deployment = sampleDeployment({ liveAt: "2025-10-23T10:30:00.000Z", seconds: 61.2 });
    expect(metricsText(sampleRun({ stages, deployment }))).toBe(
      "build_duration_seconds=74.8\ndeployment_timestamp=1761215400\ndeployment_duration_seconds=61.2\nsmoke_tests_image_size_bytes=1024\nsmoke_tests_start_up=1.2\n",
    );
    expect(metricsText(redRun())).toContain("test_success_percent=99.3\n");
  });
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { repositoryRoot } from "../../../../scripts/lab/folders";
import { gitlabJobs, workflowJob } from "../../../support/workflowFiles";

const jobs = gitlabJobs();
const text = readFileSync(join(repositoryRoot, "docs", "continuous-integration.md"), "utf8");

/** The commands of a GitHub job. */
function githubCommands(name: string): string[] {
  return workflowJob(name).steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
}

describe("the .gitlab-ci.yml of the documentation", () => {
  it("has the same four jobs with the same commands as the GitHub workflows", () => {
    assert.deepEqual(Object.keys(jobs).sort(), ["drift", "preview", "test", "up"]);
    for (const [name, { before_script: before = [], script = [] }] of Object.entries(jobs)) {
      assert.deepEqual([...before, ...script], githubCommands(name), name);
    }
  });

  it("has the engine that the tests use", () => {
    const engine = /image: pulumi\/pulumi-nodejs-22:(.*)/.exec(text)?.[1];
    const pulumi = workflowJob("up").steps.find(({ uses }) => uses?.startsWith("pulumi/"));
    assert.equal(engine, pulumi?.with?.["pulumi-version"]);
  });

  it("previews the requests of this project alone, and lets a newer preview cancel an older", () => {
    const rules = jobs["preview"]!.rules!.map((rule) => rule.if.split(" && "));
    assert.deepEqual(rules, [
      [
        "$PULUMI_STACK",
        '$CI_PIPELINE_SOURCE == "merge_request_event"',
        "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID",
      ],
    ]);
    assert.equal(jobs["preview"]!.interruptible, true);
    const block = /```yaml\n# \.gitlab-ci\.yml\n([^]*?)```/.exec(text)![1]!;
    const { workflow } = parse(block) as { workflow: unknown };
    assert.deepEqual(workflow, { auto_cancel: { on_new_commit: "interruptible" } });
  });

  it("changes something only on the main branch, by hand, one after the other, never cancelled", () => {
    const { rules, environment, resource_group: group, interruptible } = jobs["up"]!;
    assert.deepEqual(rules, [
      {
        if: '$PULUMI_STACK && $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
        when: "manual",
      },
    ]);
    assert.deepEqual([environment, group, interruptible], ["production", "production", false]);
    assert.equal(jobs["drift"]!.resource_group, group);
  });

  it("looks for drift in scheduled pipelines alone", () => {
    assert.deepEqual(jobs["drift"]!.rules, [
      { if: '$PULUMI_STACK && $CI_PIPELINE_SOURCE == "schedule"' },
    ]);
  });

  it("ends at some time", () => {
    for (const [name, { timeout }] of Object.entries(jobs)) assert.ok(timeout, name);
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineCommand, type CommandDefinition, type Terms } from "../program";
import { previewWithEvents, type PreviewRun } from "../review/engine";
import type { Review } from "../review/model";
import { readReview } from "../review/review";
import { findingsOf, policyPack, runEngine, withoutEmpty } from "./engine";
import { keepOne, platform, type PipelineRun, type Texts } from "./forge";
import { isSamePlan, planMark } from "./plan";
import { driftIssue, driftOver, driftTitle, previewComment, previewMarker } from "./texts";

const documentation =
  "docs/continuous-integration.md has the pipelines for GitHub and GitLab, and all variables.";

const engineVariables: Terms = [
  ["PULUMI_STACK", "the stack; required"],
  ["PULUMI_BACKEND_URL", "where the state is (default: Pulumi Cloud)"],
  ["PULUMI_CONFIG_PASSPHRASE", "opens the secrets of the stack"],
  ["VSPHERE_PASSWORD", "the password of the account, and likewise the program's other secrets"],
  ["PULUMI_POLICY_PACK", "a policy pack that every preview and up has to pass, as `policy`"],
  ["PULUMI_POLICY_PACK_CONFIG", "the file with its settings"],
];

const forgeVariables: Terms = [
  ...engineVariables,
  ["GITHUB_TOKEN", "writes on GitHub; the job's own"],
  ["GITLAB_TOKEN", "writes on GitLab: an access token of the project"],
  ["HTTPS_PROXY, NO_PROXY", "how to reach GitHub or GitLab"],
];

const preview = defineCommand({
  name: "preview",
  summary: "show in the pull request what `pulumi up` would do",
  description: [
    "Runs `pulumi preview` and writes what it means (the command `review`) into one comment under the pull or merge request of this run, which " +
      "the next preview replaces. A preview that fails is told there too.",
    documentation,
  ],
  options: {},
  examples: [["node --import tsx commands/main.ts ci preview", "in a job for a pull request"]],
  environment: [
    ...forgeVariables,
    ["PULL_REQUEST", "on GitHub, the number of the pull request"],
    ["COMMIT", "on GitHub, the commit to name (default: GITHUB_SHA)"],
  ],
  exitCodes: [
    ["0", "the preview succeeded, and the comment is written"],
    ["1", "the comment could not be written"],
    ["other", "the preview failed: the exit code of `pulumi preview`"],
  ],
  async action() {
    const { run, comments } = platform(process.env);
    const preview = await previewOf(run.stack);
    const marker = previewMarker(run.stack);
    const body = previewComment(run, readReview(preview, run.stack, process.env));
    const done = await keepOne(comments, { title: "", body }, (text) => text.body.includes(marker));
    console.log(`The comment under the request was ${done}.`);
    return preview.exitCode;
  },
});

const up = defineCommand({
  name: "up",
  summary: "run `pulumi up` as it was reviewed, without asking",
  description: [
    "Previews again, and compares that with the comment under the request that this commit came from. When it is the " +
      "same, runs `pulumi up` with the plan of this preview, which does that and nothing else. When it differs, changes " +
      "nothing, writes the comment anew, and ends with 1: read it, and run the job again. A commit that came from no " +
      "request is applied as it is. Whoever may approve has done so before this job starts.",
    documentation,
  ],
  options: {},
  examples: [["node --import tsx commands/main.ts ci up", "in a job that was approved"]],
  environment: forgeVariables,
  exitCodes: [
    ["0", "vCenter is as the configuration says"],
    ["1", "`up` would do something else than what was reviewed: nothing was changed"],
    ["other", "the exit code of `pulumi preview` or `pulumi up`"],
  ],
  async action() {
    const forge = platform(process.env);
    const { run } = forge;
    // The plan holds what the state holds: it is in a folder that only this user can read, and gone afterwards.
    const folder = mkdtempSync(join(tmpdir(), "deckhouse-vsphere-plan-"));
    try {
      const plan = join(folder, "plan.json");
      const preview = await previewOf(run.stack, "--save-plan", plan);
      if (preview.exitCode !== 0) return preview.exitCode;
      const comments = await forge.mergedRequest();
      const review = readReview(preview, run.stack, process.env);
      if (!(await isAsReviewed(comments, run, review))) return 1;
      // It was previewed just now, and the plan holds it to that.
      const args = ["up", "--yes", "--skip-preview", "--plan", plan, ...policyPack(process.env)];
      return (await runEngine(args, process.env)).exitCode;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** Compares with the comment of the reviewed preview, and says what comes of it. A comment that differs is written anew. */
async function isAsReviewed(
  comments: Texts | undefined,
  run: PipelineRun,
  review: Review,
): Promise<boolean> {
  const marker = previewMarker(run.stack);
  const reviewed: string[] = [];
  const earlier = await comments?.find(({ body }) => {
    if (body.includes(marker)) reviewed.push(body);
    return reviewed.length > 0;
  });
  if (comments === undefined || earlier === undefined) {
    console.log("No request with a preview of this stack: there is nothing to compare with.");
    return true;
  }
  if (isSamePlan(reviewed.join(), planMark(review))) {
    console.log("This is what was reviewed.");
    return true;
  }
  await comments.replace(earlier, { title: "", body: previewComment(run, review) });
  console.error(
    "pulumi up: found other changes than those that were reviewed: nothing was changed: read the comment under the " +
      "request, which says now what it would do, and run this job again",
  );
  return false;
}

const drift = defineCommand({
  name: "drift",
  summary: "keep an issue open while vCenter differs from the configuration",
  description: [
    "Runs a preview that expects no changes. When there are some, or when the preview fails, opens an issue or writes " +
      "the open one anew; when there are none, closes it.",
    documentation,
  ],
  options: {},
  examples: [["node --import tsx commands/main.ts ci drift", "in a job that runs every day"]],
  environment: forgeVariables,
  exitCodes: [
    ["0", "vCenter is as the configuration says"],
    ["1", "it is not, or that is not known; the issue says which"],
  ],
  async action() {
    const { run, issues } = platform(process.env);
    const title = driftTitle(run.stack);
    const check = await previewOf(run.stack, "--expect-no-changes");
    const findings = findingsOf(check.exitCode);
    if (findings === "unchanged") {
      const open = await issues.find((issue) => issue.title === title);
      if (open !== undefined) await issues.close(open, driftOver(run));
      console.log(open === undefined ? "No drift." : "No drift any more: the issue was closed.");
      return 0;
    }
    const body = driftIssue(run, findings, readReview(check, run.stack, process.env));
    const done = await keepOne(issues, { title, body }, (issue) => issue.title === title);
    console.log(`The issue "${title}" was ${done}.`);
    return 1;
  },
});

/** A preview whose output is in the log as it comes. */
async function previewOf(stack: string, ...more: readonly string[]): Promise<PreviewRun> {
  return previewWithEvents({
    ...{ stack, environment: withoutEmpty(process.env) },
    more: [...more, ...policyPack(process.env)],
    onOutput: (text) => process.stdout.write(text),
  });
}

/** `ci`: what the pipelines of docs/continuous-integration.md run. */
export const ci: CommandDefinition = {
  name: "ci",
  summary: "preview, update and check for drift in GitHub and GitLab pipelines",
  description: [
    "The commands that pipelines on GitHub and GitLab run. Secrets that come as variables are taken out of what is " +
      "written into comments and issues.",
    documentation,
  ],
  commands: [preview, up, drift],
  examples: [["npm run deckhouse-vsphere -- ci drift --help", "explains a command"]],
};

import { defineCommand, type CommandDefinition, type Terms } from "../program";
import { previewWithEvents, type PreviewRun } from "../review/engine";
import { readReview } from "../review/review";
import { findingsOf, runEngine, withoutEmpty } from "./engine";
import { keepOne, platform } from "./forge";
import { driftIssue, driftOver, driftTitle, previewComment, previewMarker } from "./texts";

const documentation =
  "docs/continuous-integration.md has the pipelines for GitHub and GitLab, and all variables.";

const engineVariables: Terms = [
  ["PULUMI_STACK", "the stack; required"],
  ["PULUMI_BACKEND_URL", "where the state is (default: Pulumi Cloud)"],
  ["PULUMI_CONFIG_PASSPHRASE", "opens the secrets of the stack"],
  ["VSPHERE_PASSWORD", "the password of the account, and likewise the program's other secrets"],
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
  summary: "run `pulumi up` without asking",
  description: [
    "Runs `pulumi up` without a question: whoever may approve has done so before this job starts. The engine previews " +
      "first, so that what a preview finds is found before anything changes.",
    documentation,
  ],
  options: {},
  examples: [["node --import tsx commands/main.ts ci up", "in a job that was approved"]],
  environment: engineVariables,
  exitCodes: [
    ["0", "vCenter is as the configuration says"],
    ["other", "the exit code of `pulumi up`"],
  ],
  async action() {
    return (await runEngine(["up", "--yes"], process.env)).exitCode;
  },
});

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
    ...{ stack, more, environment: withoutEmpty(process.env) },
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

import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { labPassphrase } from "../../scripts/lab/environment";
import { repositoryRoot } from "../../scripts/lab/folders";
import { changedInventory } from "../support/changedInventory";
import { FakeForge, forgeToken, requestNumber } from "../support/fakeForge";
import type { Simulator } from "../../scripts/lab/simulator";
import type { Snapshot } from "../../scripts/lab/simulatorControl";
import { clusterAccountPassword, type TestStack, type Run } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";
import { gitlabJobs, stepEnvironment, workflowJob } from "../support/workflowFiles";

/** The account of previews and drift checks, which may only read. */
const reader = { name: "reader@vsphere.local", password: "of-the-reading-account-b41f" };

/** What `make test` has done before this test runs; test/integration/workflows/installPackages.test.ts tests it. */
const installation = "node scripts/installPackages.js";

const cluster = "/X1/host/x1_cluster_prod";
const detached = /k8s-zone-x1-a is no longer attached to \/X1\/host\/x1_cluster_prod/;
const issueTitle = "Drift check of the stack test";

/** The example's inventory with the reading account. */
const withReader = (folder: string): string =>
  changedInventory(folder, ({ users, permissions }) => {
    users.push(reader);
    permissions.push({ path: "/", principal: reader.name, role: "ReadOnly" });
  });

describe("the commands of the workflows, one after the other:", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let bare: TestStack;
  let github: FakeForge;
  let gitlab: FakeForge;
  let right: Snapshot;

  stackForAllTests((made) => ({ simulator, stack } = made), { inventory: withReader });

  before(async () => {
    // What a runner has checked out, and no stack selected.
    symlinkSync(join(repositoryRoot, "commands"), join(stack.directory, "commands"));
    await stack.run("stack", "unselect");
    const platforms = ["GITHUB_ACTIONS", "GITLAB_CI", "VSPHERE_SERVER", "VSPHERE_USER"];
    const secrets = ["VSPHERE_PASSWORD", "DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD"];
    const engine = ["PULUMI_BACKEND_URL", "PULUMI_CONFIG_PASSPHRASE"];
    const names = [...platforms, ...secrets, ...engine];
    const taken = Object.fromEntries(names.map((name) => [name, undefined]));
    bare = stack.with({ ...taken, NO_PROXY: "127.0.0.1" });
    github = await FakeForge.start("github");
    gitlab = await FakeForge.start("gitlab");
  });

  after(async () => {
    await github.stop();
    await gitlab.stop();
  });

  /** The settings of a repository, as docs/continuous-integration.md asks for them. */
  const settings = (job: string): Record<string, string> => ({
    PULUMI_BACKEND_URL: `file://${join(stack.directory, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: labPassphrase,
    VSPHERE_SERVER: simulator.connection.server,
    // In the environment "production" other values have the same names.
    VSPHERE_USER: job === "up" ? simulator.connection.user : reader.name,
    VSPHERE_PASSWORD: job === "up" ? simulator.connection.password : reader.password,
    DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD: clusterAccountPassword,
  });

  /** Runs the commands of a GitHub workflow in the environment that its steps give them. */
  async function onGithub(job: string, changed: Record<string, string> = {}): Promise<Run> {
    const context = Object.entries({ ...settings(job), ...changed }).flatMap(([name, value]) => [
      [`vars.${name}`, value],
      [`secrets.${name}`, value],
    ]);
    const all = {
      ...Object.fromEntries(context),
      "matrix.stack": changed["PULUMI_STACK"] ?? stack.name,
      "github.token": forgeToken,
      "github.event.pull_request.number": String(requestNumber),
      "github.event.pull_request.head.sha": "c".repeat(40),
    } as Record<string, string>;
    const steps = workflowJob(job).steps.filter(
      ({ run }) => run !== undefined && run !== installation,
    );
    assert.equal(steps.length, 1);
    const runner = bare.with({ ...github.environment, ...stepEnvironment(steps[0]!, all) });
    return runner.command("bash", ["-e", "-c", steps[0]!.run!]);
  }

  /** Runs the commands of a job of .gitlab-ci.yml, where a job has every variable that is set. */
  async function onGitlab(name: string): Promise<Run> {
    const job = gitlabJobs()[name]!;
    assert.deepEqual(job.before_script, [installation]);
    const runner = bare.with({
      ...gitlab.environment,
      ...settings(name),
      PULUMI_STACK: stack.name,
      GITLAB_TOKEN: forgeToken,
    });
    return runner.command("sh", ["-e", "-c", job.script!.join("\n")]);
  }

  it("preview of a new stack makes a comment under the pull request", async () => {
    const { exitCode, output } = await onGithub("preview");
    assert.equal(exitCode, 0, output);
    assert.equal(github.comments.length, 1);
    // The account of previews may only read: that is told, and is no reason against the change.
    assert.match(github.comments[0]!.body, /^### Safe: stack `test`$[^]* Commit c{40}/m);
    assert.match(github.comments[0]!.body, /found "reader@vsphere\.local": it lacks/);
    assert.match(github.comments[0]!.body, /^\+ region k8s-region-x1 on \/X1$/m);
  });

  it("up makes everything, as it was reviewed", async () => {
    const { exitCode, output } = await onGithub("up");
    assert.equal(exitCode, 0, output);
    assert.match(output, /^This is what was reviewed\.$/m);
    right = await simulator.control.snapshot();
    assert.ok(right.categories.some(({ name }) => name === "k8s-zone"));
    assert.deepEqual(github.changes, [`POST /repos/owner/name/issues/${requestNumber}/comments`]);
  });

  it("preview then writes the same comment anew", async () => {
    const { exitCode, output } = await onGithub("preview");
    assert.equal(exitCode, 0, output);
    assert.equal(github.comments.length, 1);
    assert.match(github.comments[0]!.body, /^### Nothing changes: stack `test`$/m);
    assert.doesNotMatch(github.comments[0]!.body, /create/);
  });

  it("drift finds nothing, with an account that may only read, and writes nothing", async () => {
    const { exitCode, output } = await onGithub("drift");
    assert.equal(exitCode, 0, output);
    assert.match(output, /No drift\./);
    assert.deepEqual(github.issues, []);
  });

  it("drift opens an issue on both when somebody detached a tag", async () => {
    await simulator.control.change({
      ...{ operation: "detachTag", category: "k8s-zone", tag: "k8s-zone-x1-a", path: cluster },
    });
    const runs = await Promise.all([onGithub("drift"), onGitlab("drift")]);
    for (const [index, { issues }] of [github, gitlab].entries()) {
      assert.equal(runs[index]!.exitCode, 1, runs[index]!.output);
      assert.equal(issues.length, 1);
      assert.equal(issues[0]!.title, issueTitle);
      assert.match(issues[0]!.body, /\*\*vCenter differs from the configuration\.\*\*/);
      assert.match(issues[0]!.body, detached);
    }
  });

  it("up changes nothing that was not reviewed, and writes the comment anew", async () => {
    const { exitCode, output } = await onGithub("up");
    assert.equal(exitCode, 1, output);
    assert.match(output, /found other changes than those that were reviewed: nothing was changed/);
    assert.equal(github.comments.length, 1);
    assert.match(github.comments[0]!.body, detached);
    const { attachments } = await simulator.control.snapshot();
    assert.ok(!attachments.some(({ tag, path }) => tag === "k8s-zone-x1-a" && path === cluster));
  });

  it("drift writes the same issue anew, which says so when the preview failed", async () => {
    // The engine's words name the user, so they hold the password too when it is the same.
    const wrong = "wrong-password-0d9a61";
    const account = { VSPHERE_USER: wrong, VSPHERE_PASSWORD: wrong };
    const { exitCode, output } = await onGithub("drift", account);
    assert.ok(output.includes(wrong));
    assert.equal(exitCode, 1, output);
    assert.equal(github.issues.length, 1);
    assert.match(github.issues[0]!.body, /\*\*The preview failed\*\*/);
    assert.doesNotMatch(github.issues[0]!.body, /vCenter differs from the configuration/);
    for (const secret of [wrong, clusterAccountPassword, reader.password, forgeToken]) {
      assert.ok(!github.issues[0]!.body.includes(secret), secret);
    }
  });

  it("preview makes a note on GitLab, and tells on GitHub that it failed", async () => {
    const [note, failed] = await Promise.all([
      onGitlab("preview"),
      onGithub("preview", { PULUMI_STACK: "unknown" }),
    ]);
    assert.equal(note.exitCode, 0, note.output);
    assert.equal(gitlab.comments.length, 1);
    assert.match(gitlab.comments[0]!.body, detached);
    assert.notEqual(failed.exitCode, 0, failed.output);
    assert.equal(github.comments.length, 2);
    assert.match(
      github.comments[1]!.body,
      /### The preview failed: stack `unknown`[^]*no stack named 'unknown'/,
    );
  });

  it("up on GitLab puts the tag back, as the note says", async () => {
    const { exitCode, output } = await onGitlab("up");
    assert.equal(exitCode, 0, output);
    assert.match(output, /^This is what was reviewed\.$/m);
    assert.deepEqual(await simulator.control.snapshot(), right);
  });

  it("up compares with nothing when the commit came from no request", async () => {
    github.hasMerged = false;
    const { exitCode, output } = await onGithub("up");
    github.hasMerged = true;
    assert.equal(exitCode, 0, output);
    assert.match(output, /^No request with a preview of this stack/m);
    assert.deepEqual(await simulator.control.snapshot(), right);
  });

  it("drift closes the issue on both", async () => {
    const runs = await Promise.all([onGithub("drift"), onGitlab("drift")]);
    for (const [index, { issues }] of [github, gitlab].entries()) {
      assert.equal(runs[index]!.exitCode, 0, runs[index]!.output);
      assert.equal(issues.length, 1);
      assert.equal(issues[0]!.open, false);
      assert.match(issues[0]!.comments[0] ?? "", /vCenter matches the configuration/);
    }
  });
});

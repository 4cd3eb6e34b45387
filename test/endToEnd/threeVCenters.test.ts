import assert from "node:assert/strict";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import { labPassphrase } from "../../scripts/lab/environment";
import { repositoryRoot } from "../../scripts/lab/folders";
import { Simulator } from "../../scripts/lab/simulator";
import { clusterAccountPassword, TestStack, type Run } from "../../scripts/lab/stack";
import { FakeForge, forgeToken, requestNumber } from "../support/fakeForge";
import { stacksOf, type ListedStack } from "../support/stackList";
import { gitlabJobs, stepEnvironment, workflowJob } from "../support/workflowFiles";

const documentation = join(repositoryRoot, "docs", "continuous-integration.md");

/** What GitHub masks in a log and nobody else does: the tests look for each in all that is printed. */
const routersPassword = "of-the-routers-51ab9c";

/** A stack of the documentation's list, with the vCenter that is its own. */
interface Site {
  readonly listed: ListedStack;
  readonly simulator: Simulator;
  readonly stack: TestStack;
}

describe("the workflows of the documentation, for its three stacks with a vCenter each:", () => {
  const [, list = ""] = /```json\n(\[[^]*?\n\])\n```/.exec(readFileSync(documentation, "utf8"))!;
  const sites: Site[] = [];
  let github: FakeForge;
  let gitlab: FakeForge;

  before(async () => {
    github = await FakeForge.start("github");
    gitlab = await FakeForge.start("gitlab");
    for (const listed of stacksOf(list)) {
      const simulator = await Simulator.start();
      const configuration = exampleConfiguration();
      const stack = await TestStack.create(simulator, { configuration }, listed.stack);
      for (const secret of [forgeToken, routersPassword]) stack.watch(secret);
      for (const room of ["commands", "policy"]) {
        symlinkSync(join(repositoryRoot, room), join(stack.directory, room));
      }
      await stack.run("stack", "unselect");
      sites.push({ listed, simulator, stack });
    }
  });

  after(async () => {
    for (const { stack, simulator } of sites) {
      stack.dispose();
      await simulator.stop();
    }
    await github.stop();
    await gitlab.stop();
  });

  /** What the environment of the platform that a job of this stack names has, and the repository. */
  const settings = ({ simulator, stack }: Site): Record<string, string> => ({
    PULUMI_BACKEND_URL: `file://${join(stack.directory, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: labPassphrase,
    PULUMI_POLICY_PACK: "policy",
    VSPHERE_SERVER: simulator.connection.server,
    VSPHERE_USER: simulator.connection.user,
    VSPHERE_PASSWORD: simulator.connection.password,
    DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD: clusterAccountPassword,
    DECKHOUSE_VSPHERE_BGP_PASSWORD: routersPassword,
  });

  /** Without what the lab sets by itself and a runner does not. */
  const bare = ({ stack }: Site, environment: Record<string, string>): TestStack =>
    stack.with({
      ...{ GITHUB_ACTIONS: undefined, GITLAB_CI: undefined, PULUMI_STACK: undefined },
      ...{ NO_PROXY: "127.0.0.1", ...environment },
    });

  async function onGithub(name: string, site: Site): Promise<Run> {
    const context = Object.entries(settings(site)).flatMap(([key, value]) => [
      [`vars.${key}`, value],
      [`secrets.${key}`, value],
    ]);
    const step = workflowJob(name).steps.at(-1)!;
    const environment = stepEnvironment(step, {
      ...(Object.fromEntries(context) as Record<string, string>),
      "matrix.stack": site.listed.stack,
      "github.token": forgeToken,
      "github.event.pull_request.number": String(requestNumber),
      "github.event.pull_request.head.sha": "c".repeat(40),
    });
    const runner = bare(site, { ...github.environment, ...environment });
    return runner.command("bash", ["-e", "-c", step.run!]);
  }

  async function onGitlab(name: string, site: Site, index: number): Promise<Run> {
    const job = gitlabJobs()[name]!;
    const { PULUMI_STACK = "" } = job.parallel!.matrix[index]!;
    const own = { ...settings(site), PULUMI_STACK, GITLAB_TOKEN: forgeToken };
    const runner = bare(site, { ...gitlab.environment, ...own });
    return runner.command("sh", ["-e", "-c", job.script!.join("\n")]);
  }

  /** A job of every stack, at the same time. */
  async function onAll(run: (site: Site, index: number) => Promise<Run>): Promise<Run[]> {
    const runs = await Promise.all(sites.map(run));
    for (const { exitCode, output } of runs) assert.equal(exitCode, 0, output);
    return runs;
  }

  it("preview makes a comment for each stack on both", async () => {
    await onAll((site) => onGithub("preview", site));
    await onAll((site, index) => onGitlab("preview", site, index));
    for (const { comments } of [github, gitlab]) {
      assert.equal(comments.length, 3);
      for (const { listed } of sites) {
        const heading = `### Safe: stack \`${listed.stack}\``;
        assert.equal(comments.filter(({ body }) => body.includes(heading)).length, 1, heading);
      }
    }
  });

  it("up of one stack is ended by nothing that is wrong with another", async () => {
    const [berlin, paris, lab] = sites as [Site, Site, Site];
    // Only of paris the configuration has changed since the request was reviewed.
    const { regions, ...rest } = exampleConfiguration();
    paris.stack.configure({ ...rest, regions: regions.slice(0, 1) });
    const runs = await Promise.all([
      onGithub("up", berlin),
      onGithub("up", paris),
      onGitlab("up", lab, 2),
    ]);
    assert.deepEqual(
      runs.map(({ exitCode }) => exitCode),
      [0, 1, 0],
      runs.map(({ output }) => output).join("\n"),
    );
    const prepared = await Promise.all(
      sites.map(async ({ simulator }) =>
        (await simulator.control.snapshot()).categories.some(({ name }) => name === "k8s-zone"),
      ),
    );
    assert.deepEqual(prepared, [true, false, true]);
  });

  it("up runs again after its new comment was read", async () => {
    const { exitCode, output } = await onGithub("up", sites[1]!);
    assert.equal(exitCode, 0, output);
    assert.match(output, /^This is what was reviewed\.$/m);
  });

  it("drift finds nothing in all three", async () => {
    const runs = await onAll((site) => onGithub("drift", site));
    for (const { output } of runs) assert.match(output, /No drift\./);
  });

  it("wrote no secret anywhere", () => {
    const passwords = sites.map(({ simulator }) => simulator.connection.password);
    const secrets = [...passwords, clusterAccountPassword, routersPassword, forgeToken];
    for (const { comments, issues } of [github, gitlab]) {
      const written = JSON.stringify([comments, issues]);
      for (const secret of secrets) assert.ok(!written.includes(secret), secret);
    }
  });

  it("a policy that is violated stops preview and up, and is told in the comment", async () => {
    const [berlin] = sites as [Site];
    const { role, ...rest } = exampleConfiguration();
    berlin.stack.configure({ ...rest, role: { ...role, extraPrivileges: ["Global.Settings"] } });
    const preview = await onGithub("preview", berlin);
    assert.notEqual(preview.exitCode, 0, preview.output);
    const [comment] = github.comments.filter(({ body }) => body.includes("stack `berlin`"));
    assert.match(comment!.body, /The preview failed/);
    assert.match(comment!.body, /role-within-preset[^]*Global\.Settings/);
    const up = await onGithub("up", berlin);
    assert.notEqual(up.exitCode, 0, up.output);
    assert.doesNotMatch(up.output, /^ *\+? *\d+ (?:created|updated)/m);
  });
});

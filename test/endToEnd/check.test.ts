import assert from "node:assert/strict";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { repositoryRoot } from "../../scripts/lab/folders";
import type { Simulator } from "../../scripts/lab/simulator";
import type { Run, TestStack } from "../../scripts/lab/stack";
import {
  exampleConfiguration,
  type WrittenConfiguration,
} from "../../scripts/examples/exampleConfiguration";
import { preflightChecks } from "../../configuration/preflightChecks";
import { changed } from "../support/changedConfiguration";
import { changedInventory } from "../support/changedInventory";
import { ownSessions, stackForAllTests } from "../support/stackForTests";
import { govc } from "../integration/vcenter/govc";

const typescript = join(repositoryRoot, "node_modules", "tsx", "dist", "loader.mjs");
const program = join(repositoryRoot, "commands", "main.ts");

const password = "of-the-reading-account-51be07";
const reader = "reader@vsphere.local";

/** The example's inventory, with an account that may read everything, and do nothing. */
const withReader = (folder: string): string =>
  changedInventory(folder, ({ users, permissions }) => {
    users.push({ name: reader, password });
    permissions.push({ path: "/", principal: reader, role: "ReadOnly" });
  });

const count = Object.keys(preflightChecks).length;

/** The checks for which the example has nothing, or which only a state, or only the time before `up`, has something for. */
const withoutUse = [
  "names",
  "existing",
  "zoneOrder",
  "resourcePools",
  "templateImage",
  "vmFolders",
  "storagePolicies",
  "accountRights",
] as const;

describe("npm run check", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForAllTests((made) => ({ simulator, stack } = made), { inventory: withReader });

  /** Runs the command in the project's folder, and sees to it that it logs in once and leaves no session behind. */
  async function check(...args: readonly string[]): Promise<Run> {
    await simulator.control.resetCalls();
    const run = await stack.command(process.execPath, [
      "--import",
      typescript,
      program,
      "check",
      ...args,
    ]);
    assert.equal((await simulator.control.calls()).soap["Login"], 1, run.output);
    assert.deepEqual(await ownSessions(simulator), []);
    assert.doesNotMatch(run.output, /^ +at .*:\d+:\d+/m);
    return run;
  }

  it("says before the first up that Deckhouse could not install, and with --before-up that nothing is in the way", async () => {
    const before = await check("--before-up");
    assert.equal(before.exitCode, 0, before.output);
    assert.match(before.output, /facts of vCenter checked, 0 errors, 0 warnings\.\n$/);
    const { exitCode, output } = await check();
    assert.equal(exitCode, 1, output);
    assert.match(output, /^FAIL {2}the tag categories fit/m);
    assert.match(output, /vCenter has no such tag in the category.*run pulumi up/);
  });

  it("says before up what the account that runs it may not do", async () => {
    const run = await stack
      .with({ VSPHERE_USER: reader, VSPHERE_PASSWORD: password })
      .command(process.execPath, ["--import", typescript, program, "check", "--before-up"]);
    assert.equal(run.exitCode, 1, run.output);
    for (const [privileges, objects] of [
      ["Authorization.ModifyRoles, .*", "/,"],
      ["Authorization.ModifyPermissions", "/, /X1, /X2,"],
      ["InventoryService.Tagging.ObjectAttachable", "/X1, "],
    ] as const) {
      assert.match(
        run.output,
        new RegExp(`vsphere:user: found "${reader}": it lacks ${privileges} on ${objects}`),
      );
    }
  });

  it("says that a user or group of the role does not exist, before up fails at its permission", async () => {
    const own = exampleConfiguration();
    stack.configure({
      ...own,
      role: {
        ...own.role,
        principals: [
          "deckhous@vsphere.local",
          { name: "admins@corp.example.com", group: true },
          "deckhouse@vsphere.local",
        ],
      },
      clusterAccount: { username: "deckhouse@vsphere.local" },
    });
    const { exitCode, output } = await check("--before-up");
    stack.configure(own);
    assert.equal(exitCode, 1, output);
    assert.match(
      output,
      /role\.principals\[0\]: found "deckhous@vsphere\.local": vCenter knows no such user/,
    );
    assert.match(
      output,
      /role\.principals\[1\]: found "admins@corp\.example\.com": vCenter knows no such group/,
    );
    assert.doesNotMatch(output, /role\.principals\[2\]/);
  });

  it("exits with 0 after up, in every form, and changes nothing in vCenter", async () => {
    await stack.up();
    const snapshot = await simulator.control.snapshot();
    const text = await check();
    assert.equal(text.exitCode, 0, text.output);
    const skipped = text.output.match(/^SKIP {2}.*$/gm) ?? [];
    assert.deepEqual(
      skipped,
      withoutUse.map((name) => `SKIP  ${preflightChecks[name]}`),
    );
    assert.equal(text.output.match(/^PASS/gm)?.length, count - withoutUse.length, text.output);
    const json = JSON.parse((await check("--format", "json")).output) as {
      checks: { verdict: string; facts: number }[];
    };
    assert.deepEqual([...new Set(json.checks.map(({ verdict }) => verdict))], ["PASS", "SKIP"]);
    const markdown = await check("--format", "markdown");
    assert.match(markdown.output, /^\| PASS \| every zone's cluster has a host/m);
    const junit = await check("--format", "junit");
    const { testsuite } = new XMLParser({ ignoreAttributes: false }).parse(junit.output) as {
      testsuite: { "@_tests": string; "@_failures": string; testcase: object[] };
    };
    assert.deepEqual([testsuite["@_tests"], testsuite["@_failures"]], [String(count), "0"]);
    assert.equal(testsuite.testcase.length, count);
    assert.deepEqual(await simulator.control.snapshot(), snapshot);
  });

  it("tells everything that others did and that is written wrong in one look", async () => {
    await govc(simulator, "cluster.change", "-drs-enabled=false", "/X1/host/x1_cluster_stage");
    await govc(simulator, "tags.detach", "-c", "k8s-region", "k8s-region-x2", "/X2");
    await govc(simulator, "tags.attach", "-c", "k8s-region", "k8s-region-x1", "/X2");
    await govc(
      simulator,
      ...["permissions.set", "-principal", "VSPHERE.LOCAL\\deckhouse", "-role", "ReadOnly"],
      "/X2/datastore/x2_lun_1",
    );
    stack.configure(
      changed(exampleConfiguration(), {
        "regions[0].zones[0].datastores[1]": "x1_lun_22",
        "regions[0].clusterConfiguration.networks[0].path": "k8s-node",
        "regions[0].clusterConfiguration.masterNodeGroup.instanceClass.mainNetwork": "k8s-node",
      }) as WrittenConfiguration,
    );
    const { exitCode, output } = await check();
    assert.equal(exitCode, 1, output);
    for (const said of [
      /regions\[0\]\.zones\[0\]\.datastores\[1\]: found "\/X1\/datastore\/x1_lun_22": no such object.*nearest.*x1_lun_2\b/,
      /networks\[0\]\.path: found "\/X1\/network\/k8s-node": no such object.*nearest.*k8s-nodes/,
      /regions\[0\]\.zones\[1\]\.cluster: .*DRS is off/,
      /regions\[0\]\.name: found "k8s-region-x1": \/X2 carries this tag too/,
      /regions\[1\]\.name: found "k8s-region-x2": \/X2 does not carry this tag/,
      /role\.principals\[0\]: .*it (?:lacks|has none).*\/X2\/datastore\/x2_lun_1/,
    ]) {
      assert.match(output, said);
    }
  });

  it("is a report as well when vCenter cannot be asked", async () => {
    const run = await stack
      .with({ VSPHERE_SERVER: "127.0.0.1:9" })
      .command(process.execPath, ["--import", typescript, program, "check"]);
    assert.equal(run.exitCode, 1, run.output);
    assert.match(run.output, /^FAIL {2}vCenter can be reached/m);
    assert.match(run.output, /error: vsphere:vsphereServer: found "127\.0\.0\.1:9": no answer/);
    assert.equal(run.output.match(/^SKIP/gm)?.length, count - 1, run.output);
  });

  it("promises nothing for a stack that has turned the preflight off, and asks vCenter nothing", async () => {
    stack.configure(changed(exampleConfiguration(), { preflight: "off" }) as WrittenConfiguration);
    await simulator.control.resetCalls();
    const { exitCode, output } = await stack.command(process.execPath, [
      ...["--import", typescript, program, "check"],
    ]);
    assert.equal(exitCode, 1, output);
    assert.deepEqual([...new Set(output.match(/^(?:PASS|WARN|FAIL|SKIP)/gm))], ["SKIP"]);
    assert.match(output, /^preflight: it is off, so nobody looks whether vCenter has/m);
    assert.equal((await simulator.control.calls()).soap["Login"] ?? 0, 0);
  });

  it("shows the faults of the configuration, and asks vCenter nothing then", async () => {
    stack.configure(
      changed(exampleConfiguration(), { "regions[0].name": "X1!" }) as WrittenConfiguration,
    );
    await simulator.control.resetCalls();
    const { exitCode, output } = await stack.command(process.execPath, [
      ...["--import", typescript, program, "check"],
    ]);
    assert.equal(exitCode, 1);
    assert.match(output, /^regions\[0\]\.name: found "X1!"/m);
    assert.equal((await simulator.control.calls()).soap["Login"] ?? 0, 0);
  });
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import { repositoryRoot } from "../../scripts/lab/folders";
import type { Run, TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

/** A secret of the environment, which no test may find in what the engine prints. */
const routersPassword = "of-the-routers-7c1d";

/** What a policy says, on one line however wide the terminal is. */
const oneLine = ({ output }: Run): string => output.replaceAll(/\s+/g, " ");

describe("the policy pack, run by the engine,", () => {
  let stack: TestStack;

  stackForAllTests((made) => ({ stack } = made), {
    environment: { DECKHOUSE_VSPHERE_BGP_PASSWORD: routersPassword },
  });

  /** A preview with the policy pack, of the example with other keys, and with settings of the policies. */
  async function previewOf(
    changed: Record<string, unknown>,
    settings: Record<string, unknown> = {},
    environment: Record<string, string> = {},
  ): Promise<Run> {
    stack.configure({ ...exampleConfiguration(), ...changed });
    stack.write("policies.json", JSON.stringify(settings));
    return stack
      .with(environment)
      .preview(
        ...["--policy-pack", join(repositoryRoot, "policy")],
        ...["--policy-pack-config", join(stack.directory, "policies.json")],
      );
  }

  it("lets the example pass", async () => {
    const run = await previewOf({});
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.output, /✅ deckhouse-vsphere@v0\.2\.0/);
    assert.doesNotMatch(run.output, /mandatory|advisory/);
  });

  it("refuses a role with more than its preset", async () => {
    const extraPrivileges = ["Host.Config.Network", "Global.Settings"];
    const run = await previewOf({ role: { ...exampleConfiguration().role, extraPrivileges } });
    assert.notEqual(run.exitCode, 0, run.output);
    assert.match(run.output, /\[mandatory\] {2}role-within-preset/);
    assert.match(
      oneLine(run),
      /the role kubernetes: found 2 privileges more than the preset "seed" \(Global\.Settings, Host\.Config\.Network\): Deckhouse does not ask for them/,
    );
  });

  const fromRoot = { principals: ["deckhouse@vsphere.local"], grant: "root" };

  it("warns of a permission that propagates from the root, and refuses it when it is told to", async () => {
    const advised = await previewOf({ role: { preset: "seed", ...fromRoot } });
    assert.equal(advised.exitCode, 0, advised.output);
    assert.match(advised.output, /\[advisory\] {2}no-permission-from-root/);
    assert.match(
      oneLine(advised),
      /the permission of deckhouse@vsphere\.local on \/: found propagate: true: it holds for every object of this vCenter/,
    );
    const settings = { "no-permission-from-root": "mandatory" };
    const refused = await previewOf({ role: { preset: "seed", ...fromRoot } }, settings);
    assert.notEqual(refused.exitCode, 0, refused.output);
    assert.match(refused.output, /\[mandatory\] {2}no-permission-from-root/);
  });

  it("refuses a connection that accepts any certificate", async () => {
    const run = await previewOf({}, {}, { VSPHERE_ALLOW_UNVERIFIED_SSL: "true" });
    assert.notEqual(run.exitCode, 0, run.output);
    assert.match(run.output, /\[mandatory\] {2}verified-connection/);
    assert.match(
      oneLine(run),
      /VSPHERE_ALLOW_UNVERIFIED_SSL: found true: any certificate is accepted/,
    );
  });

  it("refuses a production stack that is not protected, and lets one pass that is", async () => {
    const settings = { "protected-production": { stacks: ["te*"] } };
    const bare = await previewOf({}, settings);
    assert.notEqual(bare.exitCode, 0, bare.output);
    assert.match(bare.output, /\[mandatory\] {2}protected-production/);
    assert.match(oneLine(bare), /the stack test: found 1\d unprotected resources \(/);
    const guarded = await previewOf({ protect: true }, settings);
    assert.equal(guarded.exitCode, 0, guarded.output);
  });

  it("lets a secret pass that is encrypted", async () => {
    await previewOf({});
    const key = "deckhouse-vsphere:bgpPassword";
    await stack.accepted(
      "config",
      "set",
      "--secret",
      key,
      "of-other-routers-92e0",
      "-s",
      stack.name,
    );
    const run = await stack.preview("--policy-pack", join(repositoryRoot, "policy"));
    assert.equal(run.exitCode, 0, run.output);
  });

  it("refuses a secret in the clear, and does not tell it", async () => {
    const regions = exampleConfiguration().regions.map((region) => ({
      ...region,
      description: `Routers: ${routersPassword}`,
    }));
    const run = await previewOf({ regions });
    assert.notEqual(run.exitCode, 0, run.output);
    assert.match(run.output, /\[mandatory\] {2}no-plain-secrets/);
    assert.match(oneLine(run), /it holds the secret of DECKHOUSE_VSPHERE_BGP_PASSWORD/);
    assert.ok(!run.output.includes(routersPassword), run.output);
  });

  it("changes nothing in vCenter when up is refused", async () => {
    stack.configure({ ...exampleConfiguration() });
    const insecure = stack.with({ VSPHERE_ALLOW_UNVERIFIED_SSL: "true" });
    const policy = ["--policy-pack", join(repositoryRoot, "policy")];
    const run = await insecure.run("up", "--yes", "--non-interactive", "--skip-preview", ...policy);
    assert.notEqual(run.exitCode, 0, run.output);
    assert.doesNotMatch(await stack.exportState(), /tagCategory/);
  });
});
